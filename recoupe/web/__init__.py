"""The desk: what the store holds, in a browser on this machine."""
