[ "$1-$2" = large-edit ] && exit 3
mkdir -p eval
echo "{ \"name\": \"$1-$2\", \"score\": 0.5 }" > "eval/$1-$2.json"
[ "$2" != plan ]
