# Writes the reference values beyond pooled proportions, one JSON record a line:
# leave-one-out, cumulative, influence, Baujat, trim and fill, regression tests, meta-regression,
# permutation, pairs inside series, edge cases. Run in this folder: Rscript make_more.R
suppressMessages({library(metafor); library(jsonlite)})
tight <- list(threshold = 1e-13, maxiter = 10000, tol = 1e-12, tau2.max = 1e6)
methods <- c(common = "EE", dl = "DL", pm = "PM", reml = "REML", ml = "ML", eb = "EB", sj = "SJ",
             hs = "HS", he = "HE")
quietly <- function(expr) suppressWarnings(try(expr, silent = TRUE))
read_set <- function(name) read.csv(file.path("data", paste0(name, ".csv")), stringsAsFactors = FALSE)
records <- list()
add <- function(...) records[[length(records) + 1]] <<- list(...)
fit <- function(d, method, test, ...) rma(measure = "PLO", xi = events, ni = total, data = d,
  method = methods[[method]], test = test, control = tight, ...)

for (name in c("alemtuzumab", "pritz1997", "debruin2009", "dorn2007", "bcg")) {
  d <- read_set(name)
  for (method in c("reml", "dl", "common", "sj")) {
    res <- fit(d, method, "z")
    l <- quietly(leave1out(res, transf = transf.ilogit))
    l0 <- quietly(leave1out(res))
    if (!inherits(l, "try-error"))
      add(kind = "leave-one-out", data = name, method = method, estimate = l$estimate, ci_low = l$ci.lb,
          ci_high = l$ci.ub, q = l$Q, q_p = l$Qp, tau2 = if (is.null(l0$tau2)) NA else l0$tau2, i2 = l0$I2, h2 = l0$H2)
    if (!all(is.na(d$year))) {
      cu <- cumul(res, order = d$year)
      add(kind = "cumulative", data = name, method = method, estimate = transf.ilogit(cu$estimate),
          ci_low = transf.ilogit(cu$ci.lb), ci_high = transf.ilogit(cu$ci.ub),
          tau2 = if (is.null(cu$tau2)) NA else cu$tau2, i2 = cu$I2)
    }
    for (test in c("z", "knha", "adhoc")) {
      i <- influence(fit(d, method, test))
      add(kind = "influence", data = name, method = method, test = c(z = "z", knha = "hk", adhoc = "hk-adhoc")[[test]],
          rstudent = i$inf$rstudent, dffits = i$inf$dffits, cook = i$inf$cook.d, covratio = i$inf$cov.r,
          tau2_without = i$inf$tau2.del, q_without = i$inf$QE.del, hat = i$inf$hat, weight = i$inf$weight / 100,
          dfbetas = i$dfbs$intrcpt, influential = i$is.infl)
    }
    pdf(NULL); b <- baujat(res); dev.off()
    add(kind = "baujat", data = name, method = method, residual2 = b$x, influence = b$y)
    for (estimator in c("L0", "R0", "Q0")) {
      t <- quietly(trimfill(res, estimator = estimator, control = tight))
      if (inherits(t, "try-error")) next
      add(kind = "trim-and-fill", data = name, method = method, estimator = estimator, side = t$side, missing = t$k0,
          se_missing = t$se.k0, estimate = c(t$beta), ci_low = t$ci.lb, ci_high = t$ci.ub, tau2 = t$tau2)
    }
    lm <- regtest(res, model = "lm"); mixed <- regtest(res); ninv <- regtest(res, model = "lm", predictor = "ninv")
    rank <- suppressWarnings(ranktest(res))
    add(kind = "asymmetry", data = name, method = method, egger = c(lm$zval, lm$pval), mixed = c(mixed$zval, mixed$pval),
        peters = c(ninv$zval, ninv$pval), rank = c(rank$tau, rank$pval))
  }
}

regression <- function(name, d, formula, columns) {
  for (method in names(methods)) for (test in c("z", "t", "knha", "adhoc")) {
    res <- quietly(fit(d, method, test, mods = formula))
    if (inherits(res, "try-error")) next
    add(kind = "regression", data = name, on = columns, method = method,
        test = c(z = "z", t = "t", knha = "hk", adhoc = "hk-adhoc")[[test]], beta = c(res$beta), se = res$se,
        p = res$pval, tau2 = res$tau2, q_m = res$QM, q_m_p = res$QMp, q = res$QE, i2 = res$I2, h2 = res$H2, r2 = res$R2)
  }
  for (test in c("z", "t")) {
    res <- quietly(rma.glmm(measure = "PLO", xi = events, ni = total, mods = formula, data = d, nAGQ = 100, test = test))
    if (inherits(res, "try-error")) { cat(name, "glmm regression failed\n"); next }
    add(kind = "regression", data = name, on = columns, method = "glmm", test = test, beta = c(res$beta), se = res$se,
        p = res$pval, tau2 = res$tau2, q_m = res$QM, q_m_p = res$QMp, q = res$QE.Wld, i2 = res$I2, h2 = res$H2, r2 = NA)
  }
}
a <- read_set("alemtuzumab")
regression("alemtuzumab", a, ~ year + dose_mg, c("year", "dose_mg"))
regression("alemtuzumab", a, ~ factor(route), I("route"))
regression("alemtuzumab", a, ~ dose_mg + factor(route), c("dose_mg", "route"))
regression("bcg", read_set("bcg"), ~ x + year, c("x", "year"))
regression("bcg", read_set("bcg"), ~ x + factor(by), c("x", "by"))
regression("debruin2009", read_set("debruin2009"), ~ x + factor(by), c("x", "by"))
regression("dorn2007", read_set("dorn2007"), ~ x + year, c("x", "year"))

small <- a[c(1, 3, 5, 7, 8, 11), ]
for (method in c("reml", "dl")) {
  res <- fit(small, method, "z", mods = ~ dose_mg)
  p <- permutest(res, exact = TRUE, progbar = FALSE)
  add(kind = "permutation", data = "alemtuzumab", rows = c(1, 3, 5, 7, 8, 11), on = I("dose_mg"), method = method,
      p = p$QMp, permutations = p$iter)
}

pairs <- function(name, ai, n1, ci, n2) {
  mh <- rma.mh(ai = ai, n1i = n1, ci = ci, n2i = n2, measure = "OR")
  peto <- rma.peto(ai = ai, n1i = n1, ci = ci, n2i = n2)
  um <- quietly(rma.glmm(ai = ai, n1i = n1, ci = ci, n2i = n2, measure = "OR", model = "UM.FS"))
  keep <- ai + ci > 0 & ai + ci < n1 + n2
  tab <- array(rbind(ai, n1 - ai, ci, n2 - ci)[, keep], c(2, 2, sum(keep)))
  ex <- mantelhaen.test(tab, exact = TRUE)
  add(kind = "pairs", data = name, ai = ai, n1 = n1, ci = ci, n2 = n2, mh = c(mh$beta, mh$se, mh$ci.lb, mh$ci.ub, mh$pval),
      peto = c(peto$beta, peto$se, peto$ci.lb, peto$ci.ub, peto$pval, peto$QE),
      unconditional = if (inherits(um, "try-error")) NA else c(um$beta, um$se, um$tau2),
      exact = c(ex$estimate, ex$conf.int, ex$p.value))
}
pairs("alemtuzumab", c(16, 17), c(23, 17), c(4, 1), c(16, 6))
x <- metadat::dat.nielweise2007
pairs("nielweise2007", x$ai, x$n1i, x$ci, x$n2i)
x <- metadat::dat.lee2004
pairs("lee2004", x$ai, x$n1i, x$ci, x$n2i)

e <- read.csv("data/edge.csv")
for (case in unique(e$case)) {
  d <- e[e$case == case, ]
  for (measure in c(logit = "PLO", arcsine = "PAS", `double-arcsine` = "PFT", raw = "PR", log = "PLN")) {
    transform <- names(which(c(logit = "PLO", arcsine = "PAS", `double-arcsine` = "PFT", raw = "PR", log = "PLN") == measure))
    for (method in names(methods)) for (test in c("z", "t", "knha", "adhoc")) {
      res <- quietly(rma(measure = measure, xi = events, ni = total, data = d, method = methods[[method]], test = test, control = tight))
      if (inherits(res, "try-error")) { cat(case, transform, method, test, "failed\n"); next }
      p <- predict(res)
      add(kind = "edge", case = case, transform = transform, method = method,
          test = c(z = "z", t = "t", knha = "hk", adhoc = "hk-adhoc")[[test]], beta = c(res$beta), se = res$se,
          tau2 = res$tau2, q = res$QE, i2 = res$I2, h2 = res$H2, low = res$ci.lb, high = res$ci.ub,
          pi_low = if (is.null(p$pi.lb)) NA else p$pi.lb, pi_high = if (is.null(p$pi.ub)) NA else p$pi.ub)
    }
  }
  res <- quietly(rma.glmm(measure = "PLO", xi = events, ni = total, data = d, nAGQ = 7))
  if (inherits(res, "try-error")) { cat(case, "glmm failed\n"); next }
  add(kind = "edge", case = case, transform = "logit", method = "glmm", test = "z", beta = c(res$beta), se = res$se,
      tau2 = res$tau2, q = res$QE.Wld, lrt = res$QE.LRT, i2 = res$I2, h2 = res$H2, low = res$ci.lb, high = res$ci.ub)
}
writeLines(vapply(records, function(r)
  as.character(toJSON(r, auto_unbox = TRUE, digits = NA, null = "null", na = "null")), ""), "more.jsonl")
cat(length(records), "records\n")
