echo "#$PULL_REQUEST: an open thread"
