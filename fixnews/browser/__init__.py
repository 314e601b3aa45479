"""Proofreading in a browser on this machine: ``fixnews review --browser``.

`snapshot` says what there is to judge as it is now, `facts` makes JSON of it, `scan_pictures` finds
the pictures of the pages, `room` takes answers, one after the other, into the same store as the
terminal's; `doors` are the addresses, `guard` says who may come in, `serving` opens and closes.
`assets/` is what the browser loads; every word that people read there is in `assets/words.en.json`.
"""
