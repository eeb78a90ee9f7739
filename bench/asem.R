# 100 mixed variants of COINr's own example, as its vignette on sensitivity has them.
library(COINr)
coin <- build_example_coin(quietly = TRUE)
weights <- get_noisy_weights(
  coin$Meta$Weights$Original,
  noise_specs = data.frame(Level = c(1, 2, 3), NoiseFactor = 0.25), Nrep = 100
)
discrete <- function(address, alternatives) {
  list(Address = address, Distribution = alternatives, Type = "discrete")
}
told <- get_sensitivity(
  coin,
  SA_specs = list(
    winmax = discrete("$Log$Treat$global_specs$f1_para$winmax", 1:5),
    norm = discrete("$Log$Normalise$global_specs", list(
      list(f_n = "n_minmax", f_n_para = list(c(1, 100))),
      list(f_n = "n_zscore", f_n_para = list(c(10, 2)))
    )),
    weights = discrete("$Log$Aggregate$w", weights),
    f_ag = discrete("$Log$Aggregate$f_ag", c("a_amean", "a_gmean"))
  ),
  N = 100, SA_type = "UA", dset = "Aggregated", iCode = "Index"
)
