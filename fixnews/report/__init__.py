"""What people and machines read about a run; every report is made from outcomes alone."""
