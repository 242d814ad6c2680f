"""One figure against another: what the words allow, and axis by axis how two figures stand to each other."""
