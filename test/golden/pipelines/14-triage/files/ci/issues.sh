echo "#1 Slow start"
