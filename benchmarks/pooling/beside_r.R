# CPU milliseconds of metafor for the fits that run.py times; prints name and milliseconds.
suppressMessages(library(metafor))
d <- read.csv(commandArgs(TRUE)[1])
big <- read.csv(commandArgs(TRUE)[2])
cpu <- function(expr, times) {
  e <- substitute(expr); f <- parent.frame(); eval(e, f)
  s <- proc.time(); for (i in seq_len(times)) eval(e, f); t <- proc.time() - s
  1000 * (t[["user.self"]] + t[["sys.self"]]) / times
}
say <- function(name, value) cat(name, sprintf("%.4f", value), "\n")
say("glmm-14", cpu(rma.glmm(measure = "PLO", xi = events, ni = total, data = d, test = "t"), 20))
say("reml-14", cpu(rma(measure = "PLO", xi = events, ni = total, data = d, test = "t"), 100))
say("reml-1000", cpu(rma(measure = "PLO", xi = events, ni = total, data = big, test = "t"), 1))
say("glmm-1000", cpu(rma.glmm(measure = "PLO", xi = events, ni = total, data = big, test = "t"), 1))
