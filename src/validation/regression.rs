//! The regressions that the studies behind the targets ran: least squares with fixed effects of units and periods and
//! errors clustered by unit, the logit, and the negative binomial for counts.
//!
//! Deliberately absent: anything that a target does not ask for.

use nalgebra::{DMatrix, DVector};

use super::statistics::float;

/// Coefficients with their standard errors, in the order of the regressors.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Coefficients.
    pub coefficients: Vec<f64>,
    /// Standard errors.
    pub errors: Vec<f64>,
}

impl Fit {
    /// Coefficient over standard error.
    #[must_use]
    pub fn t(&self, regressor: usize) -> f64 {
        self.coefficients[regressor] / self.errors[regressor]
    }
}

/// A balanced panel: every unit in every period. A series is listed unit by unit, each in the order of the periods.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    /// How many units.
    pub units: usize,
    /// How many periods.
    pub periods: usize,
}

/// Which means are taken out before least squares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effects {
    /// Of units.
    Units,
    /// Of units and of periods.
    UnitsAndPeriods,
}

impl Panel {
    /// Least squares of `outcome` on `regressors` with fixed effects; errors clustered by unit. None when the
    /// regressors are collinear or do not vary within units.
    #[must_use]
    pub fn fixed_effects(&self, outcome: &[f64], regressors: &[Vec<f64>], effects: Effects) -> Option<Fit> {
        let within = |series: &[f64]| self.within(series, effects);
        let y = DVector::from_vec(within(outcome));
        let columns: Vec<DVector<f64>> = regressors.iter().map(|series| DVector::from_vec(within(series))).collect();
        let x = DMatrix::from_columns(&columns);
        let clusters: Vec<usize> = (0..self.units * self.periods).map(|row| row / self.periods).collect();
        least_squares(&x, &y, &clusters)
    }

    fn within(&self, series: &[f64], effects: Effects) -> Vec<f64> {
        assert_eq!(series.len(), self.units * self.periods, "a balanced panel");
        let of_unit: Vec<f64> =
            series.chunks(self.periods).map(|one| one.iter().sum::<f64>() / float(self.periods)).collect();
        let of_period =
            |period: usize| series.iter().skip(period).step_by(self.periods).sum::<f64>() / float(self.units);
        let periods: Vec<f64> = (0..self.periods).map(of_period).collect();
        let grand = of_unit.iter().sum::<f64>() / float(self.units);
        let correction = |row: usize| match effects {
            Effects::Units => of_unit[row / self.periods],
            Effects::UnitsAndPeriods => of_unit[row / self.periods] + periods[row % self.periods] - grand,
        };
        series.iter().enumerate().map(|(row, value)| value - correction(row)).collect()
    }
}

/// Least squares with errors clustered as given (a cluster's number for each row; one a row for plain robust errors).
#[must_use]
pub fn least_squares(x: &DMatrix<f64>, y: &DVector<f64>, clusters: &[usize]) -> Option<Fit> {
    let inverse = inverse_of(x.transpose() * x)?;
    let coefficients = &inverse * x.transpose() * y;
    let residuals = y - x * &coefficients;
    let groups = clusters.iter().copied().max().map_or(0, |last| last + 1);
    let mut scores: DMatrix<f64> = DMatrix::zeros(groups, x.ncols());
    for (row, cluster) in clusters.iter().enumerate() {
        for column in 0..x.ncols() {
            scores[(*cluster, column)] += x[(row, column)] * residuals[row];
        }
    }
    let correction = if groups > 1 { float(groups) / float(groups - 1) } else { 1.0 };
    let covariance = &inverse * (scores.transpose() * scores) * &inverse * correction;
    Some(fit(&coefficients, &covariance))
}

/// A regression line of `outcome` on one regressor, with a constant: intercept and slope.
#[must_use]
pub fn line(regressor: &[f64], outcome: &[f64]) -> Option<Fit> {
    let columns = [DVector::from_element(regressor.len(), 1.0), DVector::from_column_slice(regressor)];
    let rows: Vec<usize> = (0..regressor.len()).collect();
    least_squares(&DMatrix::from_columns(&columns), &DVector::from_column_slice(outcome), &rows)
}

/// A matrix is taken as singular when its scaled determinant is below this.
const SINGULAR: f64 = 1e-10;

fn inverse_of(matrix: DMatrix<f64>) -> Option<DMatrix<f64>> {
    let scales: Vec<f64> = (0..matrix.nrows()).map(|place| libm::sqrt(matrix[(place, place)])).collect();
    if scales.iter().any(|scale| !(scale.is_finite() && *scale > SINGULAR)) {
        return None;
    }
    let scaled = DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |row, column| {
        matrix[(row, column)] / (scales[row] * scales[column])
    });
    let cholesky = scaled.cholesky()?;
    if cholesky.l_dirty().diagonal().iter().any(|pivot| pivot * pivot < SINGULAR) {
        return None;
    }
    let inverse = cholesky.inverse();
    Some(DMatrix::from_fn(inverse.nrows(), inverse.ncols(), |row, column| {
        inverse[(row, column)] / (scales[row] * scales[column])
    }))
}

fn fit(coefficients: &DVector<f64>, covariance: &DMatrix<f64>) -> Fit {
    Fit {
        coefficients: coefficients.iter().copied().collect(),
        errors: covariance.diagonal().iter().map(|variance| libm::sqrt(variance.max(0.0))).collect(),
    }
}

/// Steps after which a fit that has not settled is given up: Newton's method settles in under ten or not at all.
const MOST_STEPS: usize = 60;
/// A fit has settled when no coefficient moves by more than this.
const SETTLED: f64 = 1e-9;

/// Newton's method on a likelihood with working weights: `weigh` gives mean, weight and working residual of a row from
/// its linear predictor. The first regressor is the constant, and `start` its first value.
fn newton(x: &DMatrix<f64>, y: &DVector<f64>, start: f64, weigh: impl Fn(f64, f64) -> (f64, f64)) -> Option<Fit> {
    let mut coefficients: DVector<f64> = DVector::zeros(x.ncols());
    coefficients[0] = start;
    for _ in 0..MOST_STEPS {
        let predictors = x * &coefficients;
        let mut information: DMatrix<f64> = DMatrix::zeros(x.ncols(), x.ncols());
        let mut score: DVector<f64> = DVector::zeros(x.ncols());
        for row in 0..x.nrows() {
            let (weight, residual) = weigh(predictors[row], y[row]);
            let regressors = x.row(row).transpose();
            information += &regressors * regressors.transpose() * weight;
            score += regressors * residual;
        }
        let inverse = inverse_of(information)?;
        let step = &inverse * score;
        coefficients += &step;
        if !coefficients.iter().all(|value| value.is_finite()) {
            return None;
        }
        if step.iter().all(|value| value.abs() < SETTLED) {
            return Some(fit(&coefficients, &inverse));
        }
    }
    None
}

/// Logit of a binary outcome (0 or 1); `rows` hold the regressors, a constant first. None when the outcome is
/// separated or the regressors are collinear.
#[must_use]
pub fn logit(rows: &[Vec<f64>], outcome: &[f64]) -> Option<Fit> {
    newton(&matrix(rows)?, &DVector::from_column_slice(outcome), 0.0, |predictor, y| {
        let chance = 1.0 / (1.0 + libm::exp(-predictor));
        (chance * (1.0 - chance), y - chance)
    })
}

/// Negative binomial regression of counts with a logarithmic link; `rows` hold the regressors, a constant first.
/// The dispersion is found by moments and the fit repeated with it until both settle.
#[must_use]
pub fn negative_binomial(rows: &[Vec<f64>], counts: &[f64]) -> Option<Fit> {
    /// Rounds between fit and dispersion: they settle in three or four.
    const ROUNDS: usize = 8;
    let x = matrix(rows)?;
    let y = DVector::from_column_slice(counts);
    let start = libm::log(counts.iter().sum::<f64>().max(1.0) / float(counts.len()));
    let mut dispersion = 0.0;
    let mut found = None;
    for _ in 0..ROUNDS {
        let fitted = newton(&x, &y, start, |predictor, y| {
            let mean = libm::exp(predictor);
            let scale = 1.0 + dispersion * mean;
            (mean / scale, (y - mean) / scale)
        })?;
        let predictors = &x * DVector::from_column_slice(&fitted.coefficients);
        let freedom = float(x.nrows().saturating_sub(x.ncols()).max(1));
        let excess = predictors.iter().zip(counts).map(|(predictor, count)| {
            let mean = libm::exp(*predictor);
            ((count - mean) * (count - mean) - mean) / (mean * mean)
        });
        let next = (excess.sum::<f64>() / freedom).max(0.0);
        let settled = (next - dispersion).abs() < 1e-6;
        dispersion = next;
        found = Some(fitted);
        if settled {
            break;
        }
    }
    found
}

fn matrix(rows: &[Vec<f64>]) -> Option<DMatrix<f64>> {
    let columns = rows.first()?.len();
    Some(DMatrix::from_fn(rows.len(), columns, |row, column| rows[row][column]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Purpose, Streams};

    #[test]
    fn fixed_effects_are_taken_out_and_the_slope_is_found() {
        let panel = Panel { units: 4, periods: 5 };
        let x: Vec<f64> = (0..20).map(|row| f64::from((row * 7 + row * row) % 11)).collect();
        let y: Vec<f64> = (0..20).map(|row| 2.5 * x[row] + 10.0 * float(row / 5) - 3.0 * float(row % 5)).collect();
        let fit = panel.fixed_effects(&y, std::slice::from_ref(&x), Effects::UnitsAndPeriods).expect("varies");
        assert!((fit.coefficients[0] - 2.5).abs() < 1e-9, "{fit:?}");
        assert_eq!(panel.fixed_effects(&y, &[x.clone(), x], Effects::UnitsAndPeriods), None, "collinear");
        let constant_in_time = (0..20).map(|row| float(row / 5)).collect();
        assert_eq!(panel.fixed_effects(&y, &[constant_in_time], Effects::Units), None, "no variation within");
    }

    #[test]
    fn clustered_errors_cover_the_truth() {
        let panel = Panel { units: 40, periods: 6 };
        let mut covered = 0;
        for seed in 0..200 {
            let mut stream = Streams::new(seed).stream(Purpose::Founding, 0, 0);
            let mut noise = || (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0;
            let x: Vec<f64> = (0..240).map(|_| noise()).collect();
            let y: Vec<f64> = x.iter().map(|x| 0.7 * x + noise()).collect();
            let fit = panel.fixed_effects(&y, &[x], Effects::UnitsAndPeriods).expect("varies");
            covered += u32::from((fit.coefficients[0] - 0.7).abs() < 2.0 * fit.errors[0]);
        }
        assert!((180..=198).contains(&covered), "{covered} of 200");
    }

    #[test]
    fn logit_and_counts_find_known_coefficients() {
        let mut stream = Streams::new(5).stream(Purpose::Founding, 0, 0);
        let rows: Vec<Vec<f64>> = (0..4000).map(|row| vec![1.0, f64::from(row % 5) / 4.0]).collect();
        let chosen: Vec<f64> = rows
            .iter()
            .map(|row| f64::from(u8::from(stream.chance(1.0 / (1.0 + libm::exp(1.0 - 2.0 * row[1]))))))
            .collect();
        let fit = logit(&rows, &chosen).expect("settles");
        assert!((fit.coefficients[1] - 2.0).abs() < 3.0 * fit.errors[1], "{fit:?}");
        assert_eq!(logit(&rows, &vec![1.0; 4000]), None, "separated");
        // A count is a sum of chances: close to Poisson, mean exp(1 - 0.5 x).
        let counts: Vec<f64> = rows
            .iter()
            .map(|row| {
                let mean = libm::exp(1.0 - 0.5 * row[1]);
                (0..100).map(|_| f64::from(u8::from(stream.chance(mean / 100.0)))).sum()
            })
            .collect();
        let fit = negative_binomial(&rows, &counts).expect("settles");
        assert!((fit.coefficients[1] + 0.5).abs() < 3.0 * fit.errors[1], "{fit:?}");
        assert!((fit.coefficients[0] - 1.0).abs() < 3.0 * fit.errors[0], "{fit:?}");
    }

    #[test]
    fn a_line_has_its_slope() {
        let fit = line(&[0.0, 1.0, 2.0, 3.0], &[1.0, 3.0, 5.0, 7.5]).expect("varies");
        assert!((fit.coefficients[1] - 2.15).abs() < 1e-9 && (fit.coefficients[0] - 0.9).abs() < 1e-9, "{fit:?}");
    }
}
