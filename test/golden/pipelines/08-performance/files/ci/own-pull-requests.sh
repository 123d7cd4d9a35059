echo ${READ_TOKEN#*-*-} # stands for what the API says
