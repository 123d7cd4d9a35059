echo "#1 Slow start ($1)"
