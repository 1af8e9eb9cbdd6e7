"""The zones' players: opened at the start, added when an import brings a zone, replaced when one no longer answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from announcer import settings as names
from announcer.models import ZoneStatus
from announcer.player import Player
from announcer.playout import Dispatcher
from audio.errors import AudioError
from audio.sinks.base import Sink
from audio.sinks.registry import default_sink_name, make_sink
from audio.sinks.unusable import UnusableSink
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.models import Zone
from schedules.operations import all_zones

log = logging.getLogger(__name__)

SinkMaker = Callable[[Zone], Sink]


def sink_maker(settings: Settings) -> SinkMaker:
    """Sinks by name: the zone's own, else the station's, else what this machine has."""

    def make(zone: Zone) -> Sink:
        name = zone.sink or settings.get(names.SINK) or default_sink_name()
        return make_sink(name, zone.key, settings.home)

    return make


class Loudspeakers:
    def __init__(
        self, database: Database, dispatcher: Dispatcher, make: SinkMaker, on_event: Callable[[], None]
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._make = make
        self._on_event = on_event
        self._players: dict[
            str, tuple[Player, str]
        ] = {}  # by zone id, with the sink's name in the zone's settings

    def open_zones(self) -> None:
        """A player for every zone that has none, whose sink was changed, or whose loudspeaker could not be opened."""
        with self._database.read() as session:
            zones = all_zones(session)
        opened = [zone for zone in zones if self._wants_player(zone)]
        for zone in opened:
            self._open(zone)
        self._dispatcher.zones_changed()
        if opened:
            log.info("On air: %s.", ", ".join(zone.key for zone in opened))

    def replace(self, zone_ids: Iterable[str]) -> None:
        """Their players hang: leave them and go on with new ones."""
        for zone_id in zone_ids:
            self._players.pop(zone_id)[0].leave()
        self.open_zones()

    def _wants_player(self, zone: Zone) -> bool:
        player, sink = self._players.get(zone.id, (None, ""))
        return player is None or sink != zone.sink or isinstance(player.sink, UnusableSink)

    def _open(self, zone: Zone) -> None:
        sink, fault = self._sink(zone)
        if zone.id in self._players:
            self._players[zone.id][0].leave()
        player = Player(zone.key, sink)
        player.on_event = self._on_event
        with self._database.write() as session:
            status = ZoneStatus(zone_id=zone.id, sink=sink.describe(), fault=fault, changed_at=utcnow())
            session.merge(status)
        self._players[zone.id] = player, zone.sink
        self._dispatcher.set_channel(zone.id, player)
        player.run_in_thread()

    def _sink(self, zone: Zone) -> tuple[Sink, str]:
        """The zone's sink, or a stand-in and the reason: one bad loudspeaker keeps no other from sounding."""
        try:
            return self._make(zone), ""
        except (AudioError, OSError) as error:
            log.warning("Zone %s: %s", zone.key, error)
            return UnusableSink(str(error)), str(error)
