! grep -rq broken src
