"""What every screen for travellers shares: the frame, and what the loudspeakers say as text.

places   the station that a screen belongs to
comfort  larger text, more contrast, all controls within low reach
said     what sounds at the station now, and what was said in the last hour
views    the pages
"""
