"""TRL 1.16, from this folder: python train.py

`assistant_only_loss` needs a template that marks what the assistant says; TRL puts its own in place for the model families that it knows,
Qwen 2.5 among them. Rows longer than `max_length` are cut.
"""

from datasets import load_dataset
from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

MODEL = "Qwen/Qwen2.5-0.5B-Instruct"


def main():
    rows = load_dataset("json", data_files="data.jsonl", split="train")
    trainer = SFTTrainer(
        model=MODEL,
        train_dataset=rows,
        args=SFTConfig(
            output_dir="output",
            assistant_only_loss=True,
            max_length=8192,
            per_device_train_batch_size=1,
            gradient_accumulation_steps=8,
            learning_rate=1e-4,
            num_train_epochs=1,
            bf16=True,
            logging_steps=10,
            report_to="none",
        ),
        peft_config=LoraConfig(r=16, lora_alpha=32, lora_dropout=0.05, target_modules="all-linear", task_type="CAUSAL_LM"),
    )
    trainer.train()
    trainer.save_model()


if __name__ == "__main__":
    main()
