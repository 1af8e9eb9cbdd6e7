"""Recognisers listen: sound in, words out. One contract, one list; each engine in a helper process of its own."""
