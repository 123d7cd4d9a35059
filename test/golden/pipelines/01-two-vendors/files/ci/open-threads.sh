test -n "$READ_TOKEN" && echo "#$PULL_REQUEST: an open thread"
