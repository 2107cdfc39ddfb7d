#!/usr/bin/env bash
# ms-swift 4.6, from this folder: bash train.sh
# `--strict true` stops at a row that ms-swift would otherwise delete in silence. Rows longer than `--max_length` are left out.
# Rows with a `loss_scale` (made with --trust) are weighed only with `--is_binary_loss_scale false`.
swift sft \
  --model Qwen/Qwen2.5-0.5B-Instruct \
  --dataset data.jsonl \
  --agent_template hermes \
  --strict true \
  --tuner_type lora \
  --lora_rank 16 \
  --lora_alpha 32 \
  --target_modules all-linear \
  --torch_dtype bfloat16 \
  --max_length 8192 \
  --truncation_strategy delete \
  --num_train_epochs 1 \
  --per_device_train_batch_size 1 \
  --gradient_accumulation_steps 8 \
  --learning_rate 1e-4 \
  --logging_steps 10 \
  --output_dir output
