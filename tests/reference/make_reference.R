# Writes the reference values of R's metafor as JSON, one record a line, 15 significant digits.
# Run in this folder: Rscript make_reference.R
suppressMessages({library(metafor); library(jsonlite)})
options(warn = 1)
tight <- list(threshold = 1e-13, maxiter = 10000, tol = 1e-12, tau2.max = 1e5)
measures <- c(logit = "PLO", arcsine = "PAS", `double-arcsine` = "PFT", raw = "PR", log = "PLN")
tests <- c(z = "z", t = "t", hk = "knha", `hk-adhoc` = "adhoc")
methods <- c(common = "EE", dl = "DL", pm = "PM", reml = "REML", ml = "ML", eb = "EB", sj = "SJ",
             hs = "HS", he = "HE")
back <- function(transform, ni) switch(transform,
  logit = transf.ilogit, arcsine = transf.iarcsin, raw = function(x) pmin(pmax(x, 0), 1),
  log = function(x) pmin(exp(x), 1),
  `double-arcsine` = function(x) transf.ipft.hm(x, targs = list(ni = ni)))

read_set <- function(name) read.csv(file.path("data", paste0(name, ".csv")), stringsAsFactors = FALSE)
lines <- function(records, file) writeLines(vapply(records, function(r)
  as.character(toJSON(r, auto_unbox = TRUE, digits = NA, null = "null", na = "null")), ""), file)
quietly <- function(expr) suppressWarnings(try(expr, silent = TRUE))

uni_record <- function(head, res, transform, ni) {
  f <- back(transform, ni)
  p <- predict(res)
  g <- function(v) if (is.null(v)) NA else vapply(v, f, 0)
  ci <- if (res$method == "EE" || res$k == 1) NULL else quietly(confint(res, control = list(tol = 1e-12, tau2.max = 1e6, maxiter = 10000)))
  ci <- if (is.null(ci) || inherits(ci, "try-error")) c(NA, NA) else ci$random["tau^2", 2:3]
  c(head, list(k = res$k, beta = c(res$beta)[1], se = res$se[1], pval = res$pval[1],
    estimate = g(p$pred), ci_low = g(p$ci.lb), ci_high = g(p$ci.ub),
    pi_low = if (is.null(p$pi.lb)) NA else g(p$pi.lb), pi_high = if (is.null(p$pi.ub)) NA else g(p$pi.ub),
    tau2 = res$tau2, i2 = res$I2, h2 = res$H2, q = res$QE, q_df = res$k - res$p, q_p = res$QEp,
    tau2_low = ci[[1]], tau2_high = ci[[2]]))
}

glmm_record <- function(head, res) {
  p <- predict(res)
  g <- transf.ilogit
  c(head, list(k = res$k, beta = c(res$beta)[1], se = res$se[1],
    estimate = g(p$pred), ci_low = g(p$ci.lb), ci_high = g(p$ci.ub), pi_low = g(p$pi.lb), pi_high = g(p$pi.ub),
    tau2 = res$tau2, i2 = res$I2, h2 = res$H2, q = res$QE.Wld, lrt = res$QE.LRT, q_df = res$QE.df,
    q_p = res$QEp.Wld, lrt_p = res$QEp.LRT))
}

pool_all <- function(name, d) {
  out <- list()
  for (transform in names(measures)) {
    dat <- escalc(measure = measures[[transform]], xi = events, ni = total, data = d)
    for (method in names(methods)) for (test in names(tests)) {
      res <- quietly(rma(yi, vi, data = dat, method = methods[[method]], test = tests[[test]], control = tight))
      if (inherits(res, "try-error")) { cat(name, transform, method, test, attr(res, "condition")$message, "\n"); next }
      head <- list(data = name, method = method, transform = transform, test = test)
      out[[length(out) + 1]] <- uni_record(head, res, transform, d$total)
    }
  }
  for (test in c("z", "t")) {
    res <- quietly(rma.glmm(measure = "PLO", xi = events, ni = total, data = d, nAGQ = 7, test = test))
    if (inherits(res, "try-error")) { cat(name, "glmm", attr(res, "condition")$message, "\n"); next }
    head <- list(data = name, method = "glmm", transform = "logit", test = test)
    out[[length(out) + 1]] <- glmm_record(head, res)
  }
  out
}

by_all <- function(name, d, column, among = NULL) {
  d <- d[!is.na(d[[column]]) & d[[column]] != "", ]
  if (!is.null(among)) d <- d[d[[column]] %in% among, ]
  d$level <- factor(d[[column]])
  out <- list()
  record <- function(head, res) {
    p <- predict(res, newmods = NULL)
    c(head, list(levels = levels(d$level), beta = c(res$beta), se = res$se, tau2 = res$tau2, q_m = res$QM,
      df = res$m, p = res$QMp, q = if (is.null(res$QE)) res$QE.Wld else res$QE,
      lrt = if (is.null(res$QE.LRT)) NA else res$QE.LRT,
      r2 = if (is.null(res$R2)) NA else res$R2, i2 = res$I2,
      or = exp(c(res$beta)[-1]), or_low = exp(res$ci.lb[-1]), or_high = exp(res$ci.ub[-1]), or_p = res$pval[-1]))
  }
  dat <- escalc(measure = "PLO", xi = events, ni = total, data = d)
  label <- if (is.null(among)) column else paste0(column, ":", paste(among, collapse = "|"))
  for (method in names(methods)) for (test in names(tests)) {
    res <- quietly(rma(yi, vi, mods = ~ level, data = dat, method = methods[[method]], test = tests[[test]], control = tight))
    if (inherits(res, "try-error")) next
    out[[length(out) + 1]] <- record(list(data = name, by = label, method = method, test = test), res)
  }
  for (test in c("z", "t")) {
    res <- quietly(rma.glmm(measure = "PLO", xi = events, ni = total, mods = ~ level, data = d, nAGQ = 7, test = test))
    if (inherits(res, "try-error")) { cat(name, "glmm by", attr(res, "condition")$message, "\n"); next }
    out[[length(out) + 1]] <- record(list(data = name, by = label, method = "glmm", test = test), res)
  }
  out
}

sets <- c("alemtuzumab", "pritz1997", "debruin2009", "hannum2020", "dorn2007", "nielweise2007", "damico2009",
          "bcg", "graves2010", "lee2004", "axfors2021")
pooled <- list(); grouped <- list()
for (name in sets) {
  d <- read_set(name)
  pooled <- c(pooled, pool_all(name, d))
  if (name != "alemtuzumab" && any(!is.na(d$by))) grouped <- c(grouped, by_all(name, d, "by"))
}
d <- read_set("alemtuzumab")
cr <- d; cr$events <- cr$cr
pooled <- c(pooled, pool_all("alemtuzumab-cr", cr))
for (route in c("IV", "SC", "mixed")) pooled <- c(pooled, pool_all(paste0("alemtuzumab-", route), d[d$route == route, ]))
for (dose in unique(d$dose)) pooled <- c(pooled, pool_all(paste0("alemtuzumab-", dose), d[d$dose == dose, ]))
disease <- read_set("alemtuzumab-disease")
for (x in c("SS", "MF")) pooled <- c(pooled, pool_all(paste0("alemtuzumab-", x), disease[disease$disease == x, ]))
grouped <- c(grouped, by_all("alemtuzumab", d, "route"), by_all("alemtuzumab", d, "route", c("IV", "SC")),
             by_all("alemtuzumab", d, "dose"), by_all("alemtuzumab-disease", disease, "disease"))
lines(pooled, "pooled.jsonl")
lines(grouped, "grouped.jsonl")
cat(length(pooled), "pooled", length(grouped), "grouped\n")
