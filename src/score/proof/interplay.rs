//! How far does turning one control turn the others? On the matrix G of effects: row = what is measured, column = what is turned.

/// Effects of three controls on three responses.
pub type Matrix = [[f64; 3]; 3];

/// None of a singular one.
pub fn inverse(g: &Matrix) -> Option<Matrix> {
    let cofactor = |row: usize, column: usize| {
        let (a, b) = ((row + 1) % 3, (row + 2) % 3);
        let (c, d) = ((column + 1) % 3, (column + 2) % 3);
        g[a][c] * g[b][d] - g[a][d] * g[b][c]
    };
    let determinant: f64 = (0..3).map(|column| g[0][column] * cofactor(0, column)).sum();
    let sound = determinant.is_finite() && determinant.abs() > 1e-12;
    sound.then(|| std::array::from_fn(|row| std::array::from_fn(|column| cofactor(column, row) / determinant)))
}

/// Bristol's (1966) relative gain array G∘(G⁻¹)ᵀ: how much of its own gain a control keeps when the other responses are held. 1 on the
/// diagonal is no interaction; it does not depend on units.
pub fn relative_gain(g: &Matrix) -> Option<Matrix> {
    let inverse = inverse(g)?;
    Some(std::array::from_fn(|row| std::array::from_fn(|column| g[row][column] * inverse[column][row])))
}

/// The largest singular value over the smallest: 1 where every direction can be reached alike; infinite where one cannot be reached.
pub fn condition(g: &Matrix) -> f64 {
    let product: Matrix = std::array::from_fn(|row| std::array::from_fn(|column| (0..3).map(|k| g[k][row] * g[k][column]).sum()));
    let values = eigenvalues(product);
    let (least, most) = values.iter().fold((f64::INFINITY, 0.0f64), |(least, most), value| (least.min(*value), most.max(*value)));
    if least <= 0.0 { f64::INFINITY } else { (most / least).sqrt() }
}

/// Of a symmetric matrix, by Jacobi's rotations.
fn eigenvalues(mut a: Matrix) -> [f64; 3] {
    for _ in 0..32 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            if a[p][q].abs() < 1e-300 {
                continue;
            }
            let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
            let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
            let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
            let sine = tangent * cosine;
            for row in &mut a {
                (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
            }
            let (up, down) = (a[p], a[q]);
            a[p] = std::array::from_fn(|column| cosine * up[column] - sine * down[column]);
            a[q] = std::array::from_fn(|column| sine * up[column] + cosine * down[column]);
        }
    }
    std::array::from_fn(|at| a[at][at])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

    #[test]
    fn nothing_interferes_in_a_diagonal_matrix_whatever_its_units() {
        let g = [[0.4, 0.0, 0.0], [0.0, 900.0, 0.0], [0.0, 0.0, -2.0]];
        assert_eq!(relative_gain(&g), Some(ONE));
        assert!((condition(&ONE) - 1.0).abs() < 1e-12);
    }

    /// numpy.linalg.inv, numpy.linalg.cond and G * inv(G).T.
    #[test]
    fn a_matrix_that_mixes_is_told() {
        let g = [[1.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let gain = relative_gain(&g).unwrap();
        assert!((gain[0][0] - 4.0 / 3.0).abs() < 1e-12 && (gain[0][1] + 1.0 / 3.0).abs() < 1e-12 && gain[2][2] == 1.0, "{gain:?}");
        assert!((condition(&g) - 3.0).abs() < 1e-9);
        let g = [[2.0, -1.0, 0.5], [0.3, 1.5, 0.2], [0.1, 0.4, 1.0]];
        let back = inverse(&g).unwrap();
        for row in 0..3 {
            for column in 0..3 {
                let sum: f64 = (0..3).map(|k| g[row][k] * back[k][column]).sum();
                assert!((sum - ONE[row][column]).abs() < 1e-12);
            }
        }
        // Rows and columns of the array sum to 1.
        for line in relative_gain(&g).unwrap() {
            assert!((line.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert_eq!(relative_gain(&[[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), None);
        assert!(condition(&[[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]) > 1e6);
    }
}
