"""YAML as rule authors write it: nodes with their places, danger refused, slips told in plain words."""
