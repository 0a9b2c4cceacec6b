"""Starting and ending LanChat: with a window, without, and what it is on the network meanwhile."""
