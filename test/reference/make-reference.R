# Independent reference values for the NEC / NET G3 prognosis model.
#
# Run in this folder:   Rscript make-reference.R > reference.json
# Made with R 4.2.2 and jsonlite 1.8.4; base R otherwise. It takes about one minute.
#
# Everything is computed from the article (Sorbye et al., British Journal of Cancer 2025;133:316-324,
# doi 10.1038/s41416-025-03054-w), whose Tables 1-3 are typed in below as literals, by the rules of the model
# description in the README. Nothing is read from the program or its data: that independence is the point.
#   section 1 (coefficients)          -> hazardRatios, designMatrix
#   section 2 (case mix)              -> margins, `ageSigma`
#   section 3 (baseline, held-out)    -> `baseline`, `heldOut`
#   section 4 (intervals)             -> `intervals`
#   section 5 (groups, unknowns)      -> `cuts`, `meanLinearPredictor`, `patients`
#   section 6 (last paragraph)        -> `cIndexImplied`
#   section 7 (reference curves)      -> `referenceCurves`

library(jsonlite)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
TIE <- 1e-9                      # two linear predictors closer than this are equal

# ---- 1. Coefficients: hazard ratio, lower and upper 95 % limit (article, Table 3) -------------------------------

hr <- function(estimate, lower, upper) c(estimate = estimate, lower = lower, upper = upper)

models <- list(
  "nec-os" = list(
    tumour = "NEC", endpoint = "os", horizon = 60,
    hazardRatios = list(age = hr(1.01, 1.00, 1.02), female = hr(0.79, 0.65, 0.98), nonColorectal = hr(0.83, 0.66, 1.04),
                        ps1 = hr(1.33, 1.04, 1.71), ps2 = hr(1.98, 1.45, 2.69), ps3 = hr(3.73, 2.30, 6.03),
                        ki67High = hr(1.44, 1.05, 1.98), alpElevated = hr(1.43, 1.15, 1.77)),
    months = c(7.4, 36, 60), survival = c(0.50, 0.05, 0.02), medianInterval = c(6.3, 8.4)),
  "nec-pfs" = list(
    tumour = "NEC", endpoint = "pfs", horizon = 12,
    hazardRatios = list(nonColorectal = hr(0.66, 0.52, 0.83),
                        ps1 = hr(1.25, 0.98, 1.60), ps2 = hr(1.60, 1.20, 2.15), ps3 = hr(3.23, 2.03, 5.14)),
    months = 3.4, survival = 0.50, medianInterval = c(2.8, 3.9)),
  "net-g3-os" = list(
    tumour = "NET_G3", endpoint = "os", horizon = 60,
    hazardRatios = list(age = hr(1.05, 1.02, 1.08), ps1 = hr(1.45, 0.88, 2.39), ps2 = hr(2.97, 1.54, 5.72),
                        alpElevated = hr(2.74, 1.70, 4.43), platinum = hr(1.83, 1.18, 2.84)),
    months = c(21.8, 36, 60), survival = c(0.50, 0.32, 0.10), medianInterval = c(17.2, 26.3)),
  "net-g3-pfs" = list(
    tumour = "NET_G3", endpoint = "pfs", horizon = 24,
    hazardRatios = list(ps1 = hr(1.59, 0.99, 2.56), ps2 = hr(1.89, 1.02, 3.48), platinum = hr(3.53, 2.14, 5.80)),
    months = 7.4, survival = 0.50, medianInterval = c(5.5, 9.2)))

patientsInCohort <- c(NEC = 427, NET_G3 = 117)
patientsPs0      <- c(NEC = 110, NET_G3 = 49)
centreAge        <- c(NEC = 68, NET_G3 = 64)

# ---- 2. Case mix: independent margins (article, Tables 1 and 2) -------------------------------------------------

# Discrete, truncated normal age in whole years; sigma so that P(age > 75) is the published one.
ageWeights <- function(ages, centre, sigma) {
  w <- exp(-(ages - centre)^2 / (2 * sigma^2))
  w / sum(w)
}
solveSigma <- function(ages, centre, shareOver75)
  uniroot(function(s) sum(ageWeights(ages, centre, s)[ages > 75]) - shareOver75, c(2, 60), tol = 1e-14)$root

ages     <- list(NEC = 24:89, NET_G3 = 30:82)
ageSigma <- c(NEC    = solveSigma(ages$NEC, 68, 88 / 427),
              NET_G3 = solveSigma(ages$NET_G3, 64, 14 / 117))

margin <- function(levels, weights) data.frame(level = levels, weight = weights / sum(weights))
yesNo  <- function(yes, total) margin(c(0, 1), c(total - yes, yes))

margins <- list(
  NEC = list(age = margin(ages$NEC, ageWeights(ages$NEC, 68, ageSigma[["NEC"]])),
             ps = margin(0:3, c(110, 195, 92, 23)),
             female = yesNo(167, 427),
             nonColorectal = yesNo(427 - 164, 427),
             ki67High = yesNo(374, 427),
             alpElevated = yesNo(242, 417)),
  NET_G3 = list(age = margin(ages$NET_G3, ageWeights(ages$NET_G3, 64, ageSigma[["NET_G3"]])),
                ps = margin(0:2, c(49, 49, 13)),
                alpElevated = yesNo(63, 110),
                platinum = yesNo(45, 117)))

# The covariates that a model uses; PS levels count as one.
covariatesOf <- function(model) unique(sub("^ps[123]$", "ps", names(model$hazardRatios)))

# The cells (covariate combinations) of a mixture and their weights. `known` fixes covariates: a single value for a
# patient, several values for a subgroup (its own part of the margin). A value outside the margin (an age of 18,
# say) is taken as it is. Everything else is averaged over its margin.
cellsOf <- function(model, known = list()) {
  grids <- lapply(covariatesOf(model), function(name) {
    m <- margins[[model$tumour]][[name]]
    value <- known[[name]]
    if (is.null(value)) m
    else if (length(value) == 1) margin(value, 1)
    else { m <- m[m$level %in% value, ]; margin(m$level, m$weight) }
  })
  names(grids) <- covariatesOf(model)
  levels  <- expand.grid(lapply(grids, `[[`, "level"))
  weights <- Reduce(`*`, expand.grid(lapply(grids, `[[`, "weight")))
  list(levels = levels, weight = weights, x = designMatrix(model, levels))
}

designMatrix <- function(model, levels) {
  column <- function(term) switch(term,
    age = levels$age - centreAge[[model$tumour]],
    ps1 = as.numeric(levels$ps == 1), ps2 = as.numeric(levels$ps == 2), ps3 = as.numeric(levels$ps == 3),
    as.numeric(levels[[term]]))
  x <- sapply(names(model$hazardRatios), column)
  matrix(x, nrow = nrow(levels), dimnames = list(NULL, names(model$hazardRatios)))
}

betaOf <- function(model) sapply(model$hazardRatios, function(h) log(h[["estimate"]]))
lpOf   <- function(model, cells) as.vector(cells$x %*% betaOf(model))

# ---- 3. Baseline -------------------------------------------------------------------------------------------------

mixtureSurvival <- function(cumulativeHazard, lp, weight)
  vapply(cumulativeHazard, function(h) sum(weight * exp(-h * exp(lp))), 0)

# The baseline cumulative hazard at which a mixture's survival is `target`.
solveCumulativeHazard <- function(target, lp, weight)
  uniroot(function(h) sum(weight * exp(-h * exp(lp))) - target, c(0, -log(target) / exp(min(lp)) + 1e-6), tol = 1e-14,
          maxiter = 10000)$root

for (name in names(models)) {
  m <- models[[name]]
  cells <- cellsOf(m)
  lp <- lpOf(m, cells)
  m$caseMix <- list(lp = lp, weight = cells$weight)
  m$knots <- list(months = c(0, m$months),
                  hazard = c(0, sapply(m$survival, solveCumulativeHazard, lp = lp, weight = cells$weight)))
  m$meanLp <- sum(cells$weight * lp)
  models[[name]] <- m
}

# Piecewise linear through (0,0); PFS has one point, and its line goes on to the horizon.
cumulativeHazardAt <- function(model, t) {
  k <- model$knots
  if (model$endpoint == "pfs") t * k$hazard[2] / k$months[2]
  else approx(k$months, k$hazard, t)$y
}
# The inverse; NA beyond the horizon.
timeAt <- function(model, hazard) {
  k <- model$knots
  t <- if (model$endpoint == "pfs") hazard * k$months[2] / k$hazard[2]
       else if (hazard > max(k$hazard)) NA
       else approx(k$hazard, k$months, hazard)$y
  if (is.na(t) || t > model$horizon) NA else t
}
timeToSurvival <- function(model, lp, weight, survival, scale = 1)
  timeAt(model, solveCumulativeHazard(survival, lp, weight) / scale)

medianOf <- function(model, known) {
  cells <- cellsOf(model, known)
  timeToSurvival(model, lpOf(model, cells), cells$weight, 0.5)
}

# Held-out check: subgroup, published median and interval (article, Table 2 and Results), covariates fixed.
# NA: published without an interval. The temozolomide regimens are not told apart by the model.
nec <- ages$NEC
net <- ages$NET_G3
heldOutGroups <- list(
  list("nec-os", "PS 0", 11.2, 8.9, 13.4, list(ps = 0)),
  list("nec-os", "PS 1", 8.0, 6.4, 9.6, list(ps = 1)),
  list("nec-os", "PS 2", 5.2, 4.0, 6.4, list(ps = 2)),
  list("nec-os", "PS 3", 1.2, 0.8, 1.6, list(ps = 3)),
  list("nec-os", "Ki-67 < 55 %", 7.6, 3.5, 11.8, list(ki67High = 0)),
  list("nec-os", "Ki-67 >= 55 %", 7.4, 6.2, 8.5, list(ki67High = 1)),
  list("nec-os", "age < 70", 8.3, 6.8, 9.9, list(age = nec[nec < 70])),
  list("nec-os", "age 70-75", 6.4, 5.0, 7.8, list(age = 70:75)),
  list("nec-os", "age > 75", 6.4, 4.5, 8.3, list(age = nec[nec > 75])),
  list("nec-os", "ALP normal", 9.2, 7.8, 10.6, list(alpElevated = 0)),
  list("nec-os", "ALP elevated", 6.3, 5.2, 7.4, list(alpElevated = 1)),
  list("nec-os", "colorectal", 6.7, NA, NA, list(nonColorectal = 0)),
  list("nec-pfs", "colorectal", 2.4, NA, NA, list(nonColorectal = 0)),
  list("net-g3-os", "PS 0", 28.7, 21.5, 35.8, list(ps = 0)),
  list("net-g3-os", "PS 1", 19.4, 12.6, 26.2, list(ps = 1)),
  list("net-g3-os", "PS 2", 5.4, 0, 14.4, list(ps = 2)),
  list("net-g3-os", "age < 70", 28.7, 20.1, 37.3, list(age = net[net < 70])),
  list("net-g3-os", "age 70-75", 13.6, 5.5, 21.7, list(age = 70:75)),
  list("net-g3-os", "age > 75", 17.5, 5.2, 29.8, list(age = net[net > 75])),
  list("net-g3-os", "ALP normal", 33.6, 19.0, 48.1, list(alpElevated = 0)),
  list("net-g3-os", "ALP elevated", 13.6, 7.6, 19.6, list(alpElevated = 1)),
  list("net-g3-os", "platinum/etoposide", 14.3, 3.9, 24.7, list(platinum = 1)),
  list("net-g3-os", "TEM/CAP", 22.5, 19.3, 25.7, list(platinum = 0)),
  list("net-g3-os", "TEM/EVE", 31.4, 26.4, 36.4, list(platinum = 0)),
  list("net-g3-pfs", "platinum/etoposide", 3.5, 3.1, 4.0, list(platinum = 1)),
  list("net-g3-pfs", "TEM/CAP", 10.4, 5.9, 15.0, list(platinum = 0)),
  list("net-g3-pfs", "TEM/EVE", 12.5, 7.5, 17.5, list(platinum = 0)))

heldOut <- lapply(heldOutGroups, function(g) list(
  model = g[[1]], group = g[[2]], published = g[[3]], lower = g[[4]], upper = g[[5]],
  predicted = medianOf(models[[g[[1]]]], g[[6]])))

# ---- 5. Risk groups, percentile ------------------------------------------------------------------------------------

cutsOf <- function(model) {
  o  <- order(model$caseMix$lp)
  lp <- model$caseMix$lp[o]
  # Cells with equal LP are one step of the distribution.
  step <- cumsum(c(TRUE, diff(lp) > TIE))
  cumulative <- cumsum(tapply(model$caseMix$weight[o], step, sum))
  values <- tapply(lp, step, `[`, 1)
  unname(c(values[which(cumulative >= 1 / 3)[1]], values[which(cumulative >= 2 / 3)[1]]))
}
for (name in names(models)) models[[name]]$cuts <- cutsOf(models[[name]])

# P(the one with the higher hazard dies first), max(h)/(h1+h2), averaged over pairs of the case mix. Pairs with equal LP
# (within TIE) are left out of both the numerator and the denominator, or, with tiesHalf, count one half.
cIndexOf <- function(model, tiesHalf = FALSE) {
  o <- order(model$caseMix$lp)
  step <- cumsum(c(TRUE, diff(model$caseMix$lp[o]) > TIE))
  w  <- tapply(model$caseMix$weight[o], step, sum)
  lp <- tapply(model$caseMix$lp[o], step, `[`, 1)
  pair <- outer(w, w)
  if (!tiesHalf) diag(pair) <- 0
  sum(pair * plogis(abs(outer(lp, lp, `-`)))) / sum(pair)
}

# ---- 5. Patients ---------------------------------------------------------------------------------------------------

colorectalSites <- c("colon", "rectum")
sites <- c("oesophagus", "stomach", "pancreas", "biliary", "small-intestine", "colon", "rectum", "unknown", "other")

# The covariates that are known about a patient. A NULL leaves the covariate out: it is then averaged.
knownOf <- function(p) {
  known <- list(age = p$ageYears, ps = p$ecogPs)
  if (!is.na(p$sex)) known$female <- as.numeric(p$sex == "female")
  if (!is.na(p$ki67Percent)) known$ki67High <- as.numeric(p$ki67Percent >= 55)
  if (!is.na(p$primarySite)) known$nonColorectal <- as.numeric(!(p$primarySite %in% colorectalSites))
  if (!is.na(p$firstLine)) known$platinum <- as.numeric(p$firstLine == "platinum-etoposide")
  if (is.list(p$alp)) known$alpElevated <- as.numeric(p$alp$value > p$alp$upperLimit)
  else if (p$alp != "unknown") known$alpElevated <- as.numeric(p$alp == "elevated")
  known
}

set.seed(639)
# n values that go through all levels, in random order.
spread <- function(levels, n) sample(rep_len(sample(levels), n))

makePatients <- function(tumour, n, psLevels, ageRange, ki67Levels, unknowns) {
  # Ages: outside the case mix and at the borders of the published age groups first, then at random.
  age  <- c(18L, 110L, 69L, 70L, 75L, 76L, ageRange[1], ageRange[2], sample(seq(ageRange[1], ageRange[2]), n - 8, TRUE))
  sex  <- spread(c("female", "male"), n)
  ps   <- spread(psLevels, n)
  ki67 <- c(21, 54, 55, 100, spread(ki67Levels, n - 4))
  site <- spread(sites, n)
  line <- spread(c("platinum-etoposide", "temozolomide-based", "other"), n)
  alp  <- spread(1:6, n)
  alpForms <- list("normal", "elevated",
                   list(value = 105, upperLimit = 105, unit = "U/L"),             # at the limit: not elevated
                   list(value = 212, upperLimit = 115, unit = "U/L"),
                   list(value = 1.2, upperLimit = 1.9, unit = "\u00b5kat/L"),
                   list(value = 1.91, upperLimit = 1.9, unit = "\u00b5kat/L"))
  order <- sample(n)                                                              # so that borders meet any other value
  patients <- lapply(seq_len(n), function(i) list(
    tumour = tumour, ageYears = age[order[i]], sex = sex[i], ecogPs = ps[i], ki67Percent = ki67[i], alp = alpForms[[alp[i]]],
    primarySite = site[i], firstLine = line[i], setting = "advanced", mixed = FALSE))
  # The last patients have unknown covariates.
  for (k in seq_along(unknowns)) {
    i <- n - length(unknowns) + k
    for (field in unknowns[[k]])
      patients[[i]][[field]] <- switch(field, alp = "unknown", ki67Percent = NA_real_, NA_character_)
  }
  patients
}

patients <- c(
  makePatients("NEC", 34, 0:3, c(24L, 89L), c(30, 40, 54.9, 60, 70, 80, 89, 90, 95), list(
    "sex", "ki67Percent", "alp", "primarySite", "firstLine",
    c("sex", "alp"), c("ki67Percent", "alp"), c("primarySite", "ki67Percent"), c("sex", "primarySite", "alp"),
    c("ki67Percent", "alp", "primarySite", "firstLine"),
    c("sex", "ki67Percent", "alp", "primarySite", "firstLine"),
    c("sex", "ki67Percent", "alp", "primarySite", "firstLine"))),
  makePatients("NET_G3", 26, 0:2, c(30L, 82L), c(25, 30, 35, 40, 50, 60, 80), list(
    "alp", "alp", "firstLine", "firstLine", "ki67Percent",
    c("alp", "firstLine"), c("sex", "alp", "primarySite"),
    c("sex", "ki67Percent", "alp", "primarySite", "firstLine"))))
ids <- sprintf("p%02d", seq_along(patients))

modelFor <- function(p, endpoint)
  models[[paste0(if (p$tumour == "NEC") "nec-" else "net-g3-", endpoint)]]
landmarksOf <- function(model)
  if (model$endpoint == "os") c(6, 12, 24, 36) else if (model$tumour == "NEC") c(3, 6, 12) else c(3, 6, 12, 24)

predict <- function(p, endpoint) {
  model <- modelFor(p, endpoint)
  cells <- cellsOf(model, knownOf(p))
  lp <- lpOf(model, cells)
  w <- cells$weight
  meanLp <- sum(w * lp)
  mix <- model$caseMix
  below <- sum(mix$weight[mix$lp < meanLp - TIE])
  tied  <- sum(mix$weight[abs(mix$lp - meanLp) <= TIE])
  time  <- function(s) timeToSurvival(model, lp, w, s)
  list(linearPredictor = meanLp,
       relativeHazard = exp(meanLp - model$meanLp),
       percentile = 100 * (below + tied / 2),
       riskGroup = if (meanLp <= model$cuts[1] + TIE) "lower" else if (meanLp <= model$cuts[2] + TIE) "intermediate" else "higher",
       median = time(0.5),
       landmarks = lapply(landmarksOf(model), function(t)
         list(months = t, survival = mixtureSurvival(cumulativeHazardAt(model, t), lp, w))),
       outcomes = list(worst10 = time(0.90), lowerQuartile = time(0.75), upperQuartile = time(0.25), best10 = time(0.10)))
}

# ---- 4. Intervals: Monte Carlo ---------------------------------------------------------------------------------------

DRAWS <- 20000
BLOCK <- 500          # draws solved together

standardErrors <- function(model) {
  se <- sapply(model$hazardRatios, function(h) (log(h[["upper"]]) - log(h[["lower"]])) / 3.92)
  # The printed interval of age in NEC is too coarse: its standard error comes from its p value, 0.015.
  if (model$tumour == "NEC" && "age" %in% names(se)) se[["age"]] <- log(1.01) / qnorm(1 - 0.015 / 2)
  se
}

drawBeta <- function(model, n) {
  se <- standardErrors(model)
  covariance <- diag(se^2, nrow = length(se))
  isPs <- grepl("^ps", names(se))
  shared <- outer(isPs, isPs, `&`) & row(covariance) != col(covariance)
  covariance[shared] <- 1 / patientsPs0[[model$tumour]]
  z <- matrix(rnorm(n * length(se)), nrow = n)
  sweep(z %*% chol(covariance), 2, betaOf(model), `+`)                            # n x covariates
}

# The published points of whole-cohort survival, with their sampling error: months and survival, n x points.
# Standard error on the ln(-ln S) scale by the delta method: se(S) / (S |ln S|).
drawPoints <- function(model, n) {
  k <- length(model$months)
  one <- function(n) {
    seMedian <- diff(log(model$medianInterval)) / 3.92
    months <- matrix(model$months, n, k, byrow = TRUE)
    survival <- matrix(model$survival, n, k, byrow = TRUE)
    months[, 1] <- exp(rnorm(n, log(model$months[1]), seMedian))
    for (j in seq_len(k)[-1]) {
      s <- model$survival[j]
      se <- sqrt(s * (1 - s) / patientsInCohort[[model$tumour]]) / (s * abs(log(s)))
      survival[, j] <- exp(-exp(rnorm(n, log(-log(s)), se)))
    }
    list(months = months, survival = survival)
  }
  points <- one(n)
  if (k > 1) repeat {
    bad <- which(rowSums(points$months[, -1, drop = FALSE] <= points$months[, -k, drop = FALSE]) > 0 |
                 rowSums(points$survival[, -1, drop = FALSE] >= points$survival[, -k, drop = FALSE]) > 0)
    if (length(bad) == 0) break
    again <- one(length(bad))
    points$months[bad, ] <- again$months
    points$survival[bad, ] <- again$survival
  }
  points
}

# Solve sum_cells w exp(-H e) = target for every column of e (cells x draws). -ln S(H) is concave and increasing, so
# Newton steps from 0 approach the root from below and never pass it.
solveColumns <- function(e, weight, target) {
  h <- rep(0, ncol(e))
  for (i in 1:200) {
    p <- exp(-e * rep(h, each = nrow(e))) * weight
    s <- colSums(p)
    step <- (log(s) - log(target)) * s / colSums(p * e)
    h <- h + step
    if (max(abs(step) / h) < 1e-13) return(h)
  }
  stop("Newton did not converge")
}

# Draws of one model: coefficients, and months and baseline cumulative hazard at the drawn points.
drawModel <- function(model) {
  beta <- drawBeta(model, DRAWS)
  points <- drawPoints(model, DRAWS)
  cells <- cellsOf(model)
  hazard <- points$survival
  for (start in seq(1, DRAWS, BLOCK)) {
    rows <- start:(start + BLOCK - 1)
    e <- exp(cells$x %*% t(beta[rows, , drop = FALSE]))
    for (j in seq_along(model$months)) hazard[rows, j] <- solveColumns(e, cells$weight, points$survival[rows, j])
  }
  list(beta = beta, months = cbind(0, points$months), hazard = cbind(0, hazard))
}

# H0 at time t in every draw, and its inverse (Inf beyond the horizon).
drawnHazardAt <- function(d, t) {
  h <- rep(NA_real_, DRAWS)
  last <- ncol(d$months)
  for (j in 2:last) {
    use <- is.na(h) & (t <= d$months[, j] | j == last)
    slope <- (d$hazard[, j] - d$hazard[, j - 1]) / (d$months[, j] - d$months[, j - 1])
    h[use] <- (d$hazard[, j - 1] + slope * (t - d$months[, j - 1]))[use]
  }
  h
}
drawnTimeAt <- function(d, hazard, horizon) {
  t <- rep(NA_real_, DRAWS)
  last <- ncol(d$months)
  for (j in 2:last) {
    use <- is.na(t) & (hazard <= d$hazard[, j] | j == last)
    slope <- (d$hazard[, j] - d$hazard[, j - 1]) / (d$months[, j] - d$months[, j - 1])
    t[use] <- (d$months[, j - 1] + (hazard - d$hazard[, j - 1]) / slope)[use]
  }
  ifelse(t > horizon, Inf, t)
}

# 2.5 % and 97.5 % quantile, and the standard error that each would have if computed from 1,000 draws: the standard
# deviation over 2,000 samples of 1,000 taken with replacement from the draws. null: the quantile (or one of the
# samples' quantiles) is beyond the horizon.
RESAMPLES <- 2000
type7 <- function(sorted, p) {                     # of each column; R's type 7, safe with Inf
  at <- 1 + (nrow(sorted) - 1) * p
  lo <- sorted[floor(at), ]
  up <- sorted[floor(at) + 1, ]
  ifelse(lo == up, lo, lo + (at - floor(at)) * (up - lo))
}
interval <- function(draws) {
  finite <- function(x) if (is.finite(x)) x else NA
  q <- sapply(c(0.025, 0.975), function(p) type7(matrix(sort(draws)), p))
  samples <- matrix(sample(draws, 1000 * RESAMPLES, replace = TRUE), nrow = 1000)
  samples <- apply(samples, 2, sort)
  mcse <- sapply(c(0.025, 0.975), function(p) {
    s <- type7(samples, p)
    if (all(is.finite(s))) sd(s) else NA
  })
  list(lower = finite(q[1]), upper = finite(q[2]), mcse1000 = list(lower = mcse[1], upper = mcse[2]))
}

intervalsOf <- function(p, endpoint, drawn) {
  model <- modelFor(p, endpoint)
  d <- drawn[[paste0(if (p$tumour == "NEC") "nec-" else "net-g3-", endpoint)]]
  cells <- cellsOf(model, knownOf(p))
  e <- exp(cells$x %*% t(d$beta))
  medians <- drawnTimeAt(d, solveColumns(e, cells$weight, rep(0.5, DRAWS)), model$horizon)
  c(list(median = c(interval(medians), list(shareBeyondHorizon = mean(is.infinite(medians))))),
    list(landmarks = lapply(landmarksOf(model), function(t) {
      h <- drawnHazardAt(d, t)
      s <- colSums(cells$weight * exp(-e * rep(h, each = nrow(e))))
      c(list(months = t), interval(s))
    })))
}

set.seed(427117)
drawn <- lapply(models, drawModel)

# Two of each kind: NEC known, NEC with unknowns, NET G3 known, NET G3 with unknowns.
intervalPatients <- c("p03", "p09", "p31", "p33", "p36", "p37", "p58", "p60")
intervals <- lapply(match(intervalPatients, ids), function(i) list(
  patient = ids[i], os = intervalsOf(patients[[i]], "os", drawn), pfs = intervalsOf(patients[[i]], "pfs", drawn)))

# ---- 7. Reference curves ---------------------------------------------------------------------------------------------

# Group, published median, covariates fixed. The model has no Ki-67 in NET G3: the whole cohort's mixture.
curveGroups <- c(
  Filter(function(g) g[[1]] %in% c("nec-os", "nec-pfs"), heldOutGroups),
  Filter(function(g) g[[1]] %in% c("net-g3-os", "net-g3-pfs") && !grepl("^age", g[[2]]), heldOutGroups),
  list(list("net-g3-os", "Ki-67 < 55 %", 23.7, 18.7, 28.8, list()),
       list("net-g3-os", "Ki-67 >= 55 %", 8.0, 1.2, 14.7, list())))

referenceCurves <- lapply(curveGroups, function(g) {
  model <- models[[g[[1]]]]
  cells <- cellsOf(model, g[[6]])
  lp <- lpOf(model, cells)
  factor <- solveCumulativeHazard(0.5, lp, cells$weight) / cumulativeHazardAt(model, g[[3]])
  times <- c(3, 6, 12, 24, if (model$endpoint == "os") c(36, 60))
  times <- times[times <= model$horizon]
  list(model = g[[1]], group = g[[2]], publishedMedian = g[[3]], factor = factor,
       survival = lapply(times, function(t)
         list(months = t, survival = mixtureSurvival(factor * cumulativeHazardAt(model, t), lp, cells$weight))))
})

# ---- Output ------------------------------------------------------------------------------------------------------------

result <- list(
  source = "doi 10.1038/s41416-025-03054-w",
  madeWith = list(r = paste(R.version$major, R.version$minor, sep = "."), jsonlite = as.character(packageVersion("jsonlite")),
                  draws = DRAWS),
  baseline = lapply(models, function(m) lapply(seq_along(m$months), function(j)
    list(months = m$months[j], cumulativeHazard = m$knots$hazard[j + 1]))),
  cuts = lapply(models, `[[`, "cuts"),
  meanLinearPredictor = lapply(models, `[[`, "meanLp"),
  ageSigma = as.list(ageSigma),
  cIndexImplied = lapply(models, cIndexOf),
  cIndexImpliedTiesHalf = lapply(models, cIndexOf, tiesHalf = TRUE),
  heldOut = heldOut,
  patients = lapply(seq_along(patients), function(i) list(
    id = ids[i], input = patients[[i]], os = predict(patients[[i]], "os"), pfs = predict(patients[[i]], "pfs"))),
  intervals = intervals,
  referenceCurves = referenceCurves)

cat(toJSON(result, auto_unbox = TRUE, na = "null", digits = I(15), pretty = 2), "\n", sep = "")
