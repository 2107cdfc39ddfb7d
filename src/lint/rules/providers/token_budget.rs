//! P07 `token-budget`: The list of tools takes more tokens than the budget (20,000 unless configured).

use crate::graph::encoder::Encoder;
use crate::lint::rules::prelude::*;

pub(super) struct TokenBudget;

static DOC: Doc = Doc {
    name: "token-budget",
    code: "P07",
    group: Group::Providers,
    severity: Warning,
    what: "The list of tools takes more tokens than the budget (20,000 unless configured).",
    why: "It is sent with every request: it costs money and time, and models choose worse from long lists.",
    bad: r#"- name: search_kind_0
  description: "Search for things of kind 0. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_1
  description: "Search for things of kind 1. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_2
  description: "Search for things of kind 2. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_3
  description: "Search for things of kind 3. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_4
  description: "Search for things of kind 4. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_5
  description: "Search for things of kind 5. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_6
  description: "Search for things of kind 6. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_7
  description: "Search for things of kind 7. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_8
  description: "Search for things of kind 8. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_9
  description: "Search for things of kind 9. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_10
  description: "Search for things of kind 10. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_11
  description: "Search for things of kind 11. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_12
  description: "Search for things of kind 12. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_13
  description: "Search for things of kind 13. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_14
  description: "Search for things of kind 14. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_15
  description: "Search for things of kind 15. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_16
  description: "Search for things of kind 16. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_17
  description: "Search for things of kind 17. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_18
  description: "Search for things of kind 18. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_19
  description: "Search for things of kind 19. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_20
  description: "Search for things of kind 20. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_21
  description: "Search for things of kind 21. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_22
  description: "Search for things of kind 22. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_23
  description: "Search for things of kind 23. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_24
  description: "Search for things of kind 24. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_25
  description: "Search for things of kind 25. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_26
  description: "Search for things of kind 26. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_27
  description: "Search for things of kind 27. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_28
  description: "Search for things of kind 28. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_29
  description: "Search for things of kind 29. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_30
  description: "Search for things of kind 30. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_31
  description: "Search for things of kind 31. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_32
  description: "Search for things of kind 32. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_33
  description: "Search for things of kind 33. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_34
  description: "Search for things of kind 34. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_35
  description: "Search for things of kind 35. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_36
  description: "Search for things of kind 36. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_37
  description: "Search for things of kind 37. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_38
  description: "Search for things of kind 38. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_39
  description: "Search for things of kind 39. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_40
  description: "Search for things of kind 40. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_41
  description: "Search for things of kind 41. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_42
  description: "Search for things of kind 42. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_43
  description: "Search for things of kind 43. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_44
  description: "Search for things of kind 44. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_45
  description: "Search for things of kind 45. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_46
  description: "Search for things of kind 46. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_47
  description: "Search for things of kind 47. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_48
  description: "Search for things of kind 48. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_49
  description: "Search for things of kind 49. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_50
  description: "Search for things of kind 50. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_51
  description: "Search for things of kind 51. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_52
  description: "Search for things of kind 52. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_53
  description: "Search for things of kind 53. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_54
  description: "Search for things of kind 54. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_55
  description: "Search for things of kind 55. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_56
  description: "Search for things of kind 56. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_57
  description: "Search for things of kind 57. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_58
  description: "Search for things of kind 58. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_59
  description: "Search for things of kind 59. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_60
  description: "Search for things of kind 60. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_61
  description: "Search for things of kind 61. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_62
  description: "Search for things of kind 62. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_63
  description: "Search for things of kind 63. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_64
  description: "Search for things of kind 64. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_65
  description: "Search for things of kind 65. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_66
  description: "Search for things of kind 66. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_67
  description: "Search for things of kind 67. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_68
  description: "Search for things of kind 68. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_69
  description: "Search for things of kind 69. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_70
  description: "Search for things of kind 70. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_71
  description: "Search for things of kind 71. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_72
  description: "Search for things of kind 72. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_73
  description: "Search for things of kind 73. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_74
  description: "Search for things of kind 74. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_75
  description: "Search for things of kind 75. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_76
  description: "Search for things of kind 76. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_77
  description: "Search for things of kind 77. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_78
  description: "Search for things of kind 78. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_79
  description: "Search for things of kind 79. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_80
  description: "Search for things of kind 80. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_81
  description: "Search for things of kind 81. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_82
  description: "Search for things of kind 82. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_83
  description: "Search for things of kind 83. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_84
  description: "Search for things of kind 84. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_85
  description: "Search for things of kind 85. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_86
  description: "Search for things of kind 86. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_87
  description: "Search for things of kind 87. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_88
  description: "Search for things of kind 88. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_89
  description: "Search for things of kind 89. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_90
  description: "Search for things of kind 90. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_91
  description: "Search for things of kind 91. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_92
  description: "Search for things of kind 92. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_93
  description: "Search for things of kind 93. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_94
  description: "Search for things of kind 94. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_95
  description: "Search for things of kind 95. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_96
  description: "Search for things of kind 96. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_97
  description: "Search for things of kind 97. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_98
  description: "Search for things of kind 98. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_99
  description: "Search for things of kind 99. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_100
  description: "Search for things of kind 100. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_101
  description: "Search for things of kind 101. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_102
  description: "Search for things of kind 102. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_103
  description: "Search for things of kind 103. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_104
  description: "Search for things of kind 104. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_105
  description: "Search for things of kind 105. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_106
  description: "Search for things of kind 106. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_107
  description: "Search for things of kind 107. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_108
  description: "Search for things of kind 108. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: search_kind_109
  description: "Search for things of kind 109. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. The answer has a name, a price and a place for each of them. "
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
"#,
    ..Doc::BLANK
};

impl Rule for TokenBudget {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn file(&self, file: &FileView, out: &mut Out) {
        let encoder = Encoder::embedded();
        let (mut tokens, mut counted) = (0, 0);
        for tool in &file.file.tools {
            // A count names its tokenizer, and stops where nobody asks any more.
            if tokens > 4 * BUDGET {
                break;
            }
            let text = json!({"name": tool.name, "description": tool.description, "parameters": tool.parameters}).to_string();
            tokens += encoder.tokens(&text);
            counted += 1;
        }
        if tokens > BUDGET {
            let all = file.file.tools.len();
            let more = if counted < all { "more than " } else { "" };
            let message =
                format!("the {all} tools of this file take {more}{tokens} tokens ({}), and the budget is {BUDGET}", encoder.name());
            out.report(Place::File, message, "offer fewer tools at a time, and shorten the longest descriptions");
        }
    }
}

const BUDGET: usize = 20_000;
