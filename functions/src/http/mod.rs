//! HTTP as the operations see it: the request parsed once, the answer made in one place.
