module verdicts

go 1.24
