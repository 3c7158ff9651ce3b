"""What crosses groups: the one reviewed way from a row of one group to what belongs to it in another."""
