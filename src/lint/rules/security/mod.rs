//! Rules about what a hostile or careless catalog does to whoever uses it.

use super::prelude::Rule;

mod annotation_conflict;
mod concealment;
mod control_token;
mod credential_param;
mod cross_server_reference;
mod destructive_no_hint;
mod encoded_payload;
mod hidden_markup;
mod injection_pattern;
mod invisible_unicode;
mod secret_file;
mod shadowed_name;
mod suspicious_word;
mod toxic_flow;

mod patterns;
mod payload;

pub(super) const RULES: &[&dyn Rule] = &[
    &injection_pattern::InjectionPattern,
    &suspicious_word::SuspiciousWord,
    &invisible_unicode::InvisibleUnicode,
    &cross_server_reference::CrossServerReference,
    &shadowed_name::ShadowedName,
    &credential_param::CredentialParam,
    &annotation_conflict::AnnotationConflict,
    &destructive_no_hint::DestructiveNoHint,
    &toxic_flow::ToxicFlow,
    &control_token::ControlToken,
    &hidden_markup::HiddenMarkup,
    &encoded_payload::EncodedPayload,
    &secret_file::SecretFile,
    &concealment::Concealment,
];
