"""The desk: a local web page on one dossier, rendered on the server.

`app.py` makes the application; `guard.py` is what stands before every request (whose host, who may write, what a
browser may load). A page is a function that gives one typed context (`front.py`, `event.py`, `storyline.py`,
`article.py`, `entity.py`, `found.py`, `judged.py`, `about.py`) and a template. `shelf.py` is what all of them read: one
state of the dossier, each thing looked up once. `correcting.py` does what a form asks for, `outcome.py` tells what that
changed. The REST API (`api/`) is an application of its own, mounted under /api.
"""
