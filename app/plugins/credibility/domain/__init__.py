"""The arithmetic of REFCRED-1, "one colleague, one voice, fading": pure values and rules, days in, decisions out."""
