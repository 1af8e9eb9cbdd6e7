"""How the accent of the voice ``hanoi`` is learned: ``python -m benchmarks.accent.learn``. Needs torch, which nothing else does.

operators  the operators of ONNX that our networks use, in torch
graph      an ONNX file as a function that torch can follow backwards
ears       two recognisers as losses: how surprised each is by what it should hear
learn      the pushes that make them least surprised
"""
