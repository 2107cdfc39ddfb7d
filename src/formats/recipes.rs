//! A minimal configuration for each trainer, beside its data: enough to train with, and right as it stands. Each is run from the folder
//! that it lies in; the model is an example.

use super::{Target, sharegpt};

/// Names and texts of the files that lie beside the rows of a target.
pub fn of(target: Target) -> Vec<(&'static str, String)> {
    let text = |text: &str| text.to_string();
    match target {
        Target::Sharegpt => {
            vec![
                ("dataset_info.json", format!("{}\n", sharegpt::dataset_info())),
                ("train.yaml", text(include_str!("../../assets/recipes/llamafactory.yaml"))),
            ]
        }
        // Messages are all that TRL needs.
        Target::Chat | Target::Mixed => vec![("train.py", text(include_str!("../../assets/recipes/trl.py")))],
        Target::Parquet => vec![("train.py", trl_of_parquet())],
        Target::Axolotl => vec![("train.yaml", text(include_str!("../../assets/recipes/axolotl.yaml")))],
        Target::Swift => vec![("train.sh", text(include_str!("../../assets/recipes/swift.sh")))],
        Target::Mistral => vec![("train.yaml", text(include_str!("../../assets/recipes/mistral.yaml")))],
        Target::Openai | Target::Hermes | Target::Xlam | Target::Bfcl | Target::Jsonl => Vec::new(),
    }
}

/// TRL, with the one line that names the data another.
fn trl_of_parquet() -> String {
    include_str!("../../assets/recipes/trl.py")
        .replace(r#"load_dataset("json", data_files="data.jsonl""#, r#"load_dataset("parquet", data_files="data.parquet""#)
}
