"""Uploads that resume: tus 1.0.0 beside the contract's upload, for what is large or the network bad."""
