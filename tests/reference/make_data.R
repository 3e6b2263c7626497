# Writes the published proportion data sets of metadat as CSV: series, year, events, total, by, x.
suppressMessages(library(metadat))
out <- function(name, d) {
  d$series <- make.unique(as.character(d$series))
  write.csv(d, file.path("data", paste0(name, ".csv")), row.names = FALSE, quote = TRUE)
}
d <- dat.pritz1997
out("pritz1997", data.frame(series = d$authors, year = NA, events = d$xi, total = d$ni, by = NA, x = NA))
d <- dat.debruin2009
out("debruin2009", data.frame(series = d$author, year = d$year, events = d$xi, total = d$ni, by = d$patients, x = d$scq))
d <- dat.hannum2020
out("hannum2020", data.frame(series = d$authorName, year = NA, events = d$xi, total = d$ni, by = d$objectivity, x = NA))
d <- dat.dorn2007
out("dorn2007", data.frame(series = d$study, year = d$year, events = d$x.p, total = d$n.p, by = d$ibs.crit, x = d$jadad))
d <- dat.nielweise2007
out("nielweise2007", data.frame(series = d$author, year = d$year, events = d$ai, total = d$n1i, by = NA, x = NA))
d <- dat.damico2009
out("damico2009", data.frame(series = d$study, year = d$year, events = d$xt, total = d$nt, by = d$conceal, x = d$blind))
d <- dat.bcg
out("bcg", data.frame(series = d$author, year = d$year, events = d$tpos, total = d$tpos + d$tneg, by = d$alloc, x = d$ablat))
d <- dat.graves2010
out("graves2010", data.frame(series = d$study, year = NA, events = d$ai, total = d$n1i, by = NA, x = NA))
d <- dat.lee2004
out("lee2004", data.frame(series = d$study, year = d$year, events = d$ai, total = d$n1i, by = NA, x = NA))
d <- dat.axfors2021
d <- d[d$hcq_arm_total > 0, ]
out("axfors2021", data.frame(series = d$acronym, year = NA, events = d$hcq_arm_event, total = d$hcq_arm_total, by = d$patient_setting, x = NA))
