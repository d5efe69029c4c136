"""From a case as people edit it to the document tree: fetch what is live, decide what may be shown, build the nodes.

Reads only. `paper.assemble` is the door.
"""
