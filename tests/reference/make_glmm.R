# GLMM values of metafor with 7 and with 100 quadrature nodes: the difference is R's own
# quadrature error. Run in this folder: Rscript make_glmm.R
suppressMessages({library(metafor); library(jsonlite)})
read_set <- function(name) read.csv(file.path("data", paste0(name, ".csv")), stringsAsFactors = FALSE)
sets <- list()
for (name in c("alemtuzumab", "pritz1997", "debruin2009", "hannum2020", "dorn2007", "nielweise2007", "damico2009",
               "bcg", "graves2010", "lee2004", "axfors2021")) sets[[name]] <- read_set(name)
sets[["alemtuzumab-cr"]] <- within(read_set("alemtuzumab"), events <- cr)
disease <- read_set("alemtuzumab-disease")
for (x in c("SS", "MF")) sets[[paste0("alemtuzumab-", x)]] <- disease[disease$disease == x, ]
lines <- character()
for (name in names(sets)) for (nodes in c(7, 100)) {
  res <- suppressWarnings(try(rma.glmm(measure = "PLO", xi = events, ni = total, data = sets[[name]], nAGQ = nodes), silent = TRUE))
  if (inherits(res, "try-error")) { cat(name, nodes, "failed\n"); next }
  lines <- c(lines, as.character(toJSON(list(data = name, nodes = nodes, beta = c(res$beta), se = res$se, tau2 = res$tau2,
    q = res$QE.Wld, lrt = res$QE.LRT, i2 = res$I2, h2 = res$H2), auto_unbox = TRUE, digits = NA)))
}
writeLines(lines, "glmm.jsonl")

# By group, 100 nodes
lines <- character()
by_group <- function(name, d, column, among = NULL) {
  d <- d[!is.na(d[[column]]) & d[[column]] != "", ]
  if (!is.null(among)) d <- d[d[[column]] %in% among, ]
  d$level <- factor(d[[column]])
  label <- if (is.null(among)) column else paste0(column, ":", paste(among, collapse = "|"))
  for (nodes in c(7, 100)) {
    res <- suppressWarnings(try(rma.glmm(measure = "PLO", xi = events, ni = total, mods = ~ level, data = d, nAGQ = nodes), silent = TRUE))
    if (inherits(res, "try-error")) { cat(name, column, nodes, "failed\n"); next }
    lines <<- c(lines, as.character(toJSON(list(data = name, by = label, nodes = nodes, levels = levels(d$level), beta = c(res$beta),
      se = res$se, tau2 = res$tau2, q_m = res$QM, p = res$QMp, or = I(exp(c(res$beta)[-1])), or_low = I(exp(res$ci.lb[-1])),
      or_high = I(exp(res$ci.ub[-1]))), auto_unbox = TRUE, digits = NA)))
  }
}
for (name in c("debruin2009", "hannum2020", "dorn2007", "damico2009", "bcg", "axfors2021")) by_group(name, sets[[name]], "by")
by_group("alemtuzumab", sets$alemtuzumab, "route")
by_group("alemtuzumab", sets$alemtuzumab, "route", c("IV", "SC"))
by_group("alemtuzumab", sets$alemtuzumab, "dose")
by_group("alemtuzumab-disease", disease, "disease")
writeLines(lines, "glmm_grouped.jsonl")
