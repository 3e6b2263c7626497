# Writes models.jsonl: models that metafor leaves to other packages (Debian: r-cran-biasedurn,
# r-cran-vgam). Conditional GLMM of pairs (rma.glmm CM.EL, BiasedUrn 2.0.9) and beta-binomial by
# maximum likelihood (VGAM 1.1-7). Run in this folder: Rscript make_models.R
suppressMessages({library(metafor); library(jsonlite); library(VGAM)})
quietly <- function(expr) suppressWarnings(try(expr, silent = TRUE))
read_set <- function(name) read.csv(file.path("data", paste0(name, ".csv")), stringsAsFactors = FALSE)
records <- list()
add <- function(...) records[[length(records) + 1]] <<- list(...)

conditional <- function(name, ai, n1, ci, n2) {
  res <- quietly(rma.glmm(ai = ai, n1i = n1, ci = ci, n2i = n2, measure = "OR", model = "CM.EL",
    control = list(hessianCtrl = list(r = 16))))
  if (inherits(res, "try-error")) { cat(name, "failed:", res, "\n"); return(invisible()) }
  add(kind = "conditional", data = name, ai = ai, n1 = n1, ci = ci, n2 = n2,
      beta = c(res$beta), se = res$se, tau2 = res$tau2)
}
conditional("alemtuzumab", c(16, 17), c(23, 17), c(4, 1), c(16, 6))
x <- metadat::dat.nielweise2007
conditional("nielweise2007", x$ai, x$n1i, x$ci, x$n2i)
x <- metadat::dat.lee2004
conditional("lee2004", x$ai, x$n1i, x$ci, x$n2i)
x <- metadat::dat.bcg

x <- metadat::dat.collins1985b
conditional("collins1985b", x$pre.xti, x$pre.nti, x$pre.xci, x$pre.nci)

for (name in sub("[.]csv$", "", list.files("data", "csv$"))) {
  if (name %in% c("edge", "alemtuzumab-disease")) next
  d <- read_set(name)
  res <- quietly(vglm(cbind(events, total - events) ~ 1, betabinomial, data = d, maxit = 500, epsilon = 1e-12))
  if (inherits(res, "try-error")) { cat(name, "beta-binomial failed\n"); next }
  add(kind = "beta-binomial", data = name, mean_logit = unname(coef(res)[1]), rho = unname(Coef(res)[2]),
      loglik = logLik(res))
}
writeLines(vapply(records, function(r)
  as.character(toJSON(r, auto_unbox = TRUE, digits = NA, null = "null", na = "null")), ""), "models.jsonl")
cat(length(records), "records\n")
