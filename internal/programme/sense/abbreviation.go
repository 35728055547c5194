package sense

var defining = list("defining")
