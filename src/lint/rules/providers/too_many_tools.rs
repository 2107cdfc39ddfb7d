//! P09 `too-many-tools`: A list has more than 128 tools.

use crate::lint::rules::names::lists;
use crate::lint::rules::prelude::*;

pub(super) struct TooManyTools;

static DOC: Doc = Doc {
    name: "too-many-tools",
    code: "P09",
    group: Group::Providers,
    severity: Warning,
    targets: &[Target::OpenAi, Target::OpenAiStrict],
    what: "A list has more than 128 tools.",
    why: "OpenAI takes 128 at most in one request, and models choose worse long before.",
    bad: r#"- {name: find_0, description: Find things of kind 0 in a city., parameters: {type: object, properties: {}}}
- {name: find_1, description: Find things of kind 1 in a city., parameters: {type: object, properties: {}}}
- {name: find_2, description: Find things of kind 2 in a city., parameters: {type: object, properties: {}}}
- {name: find_3, description: Find things of kind 3 in a city., parameters: {type: object, properties: {}}}
- {name: find_4, description: Find things of kind 4 in a city., parameters: {type: object, properties: {}}}
- {name: find_5, description: Find things of kind 5 in a city., parameters: {type: object, properties: {}}}
- {name: find_6, description: Find things of kind 6 in a city., parameters: {type: object, properties: {}}}
- {name: find_7, description: Find things of kind 7 in a city., parameters: {type: object, properties: {}}}
- {name: find_8, description: Find things of kind 8 in a city., parameters: {type: object, properties: {}}}
- {name: find_9, description: Find things of kind 9 in a city., parameters: {type: object, properties: {}}}
- {name: find_10, description: Find things of kind 10 in a city., parameters: {type: object, properties: {}}}
- {name: find_11, description: Find things of kind 11 in a city., parameters: {type: object, properties: {}}}
- {name: find_12, description: Find things of kind 12 in a city., parameters: {type: object, properties: {}}}
- {name: find_13, description: Find things of kind 13 in a city., parameters: {type: object, properties: {}}}
- {name: find_14, description: Find things of kind 14 in a city., parameters: {type: object, properties: {}}}
- {name: find_15, description: Find things of kind 15 in a city., parameters: {type: object, properties: {}}}
- {name: find_16, description: Find things of kind 16 in a city., parameters: {type: object, properties: {}}}
- {name: find_17, description: Find things of kind 17 in a city., parameters: {type: object, properties: {}}}
- {name: find_18, description: Find things of kind 18 in a city., parameters: {type: object, properties: {}}}
- {name: find_19, description: Find things of kind 19 in a city., parameters: {type: object, properties: {}}}
- {name: find_20, description: Find things of kind 20 in a city., parameters: {type: object, properties: {}}}
- {name: find_21, description: Find things of kind 21 in a city., parameters: {type: object, properties: {}}}
- {name: find_22, description: Find things of kind 22 in a city., parameters: {type: object, properties: {}}}
- {name: find_23, description: Find things of kind 23 in a city., parameters: {type: object, properties: {}}}
- {name: find_24, description: Find things of kind 24 in a city., parameters: {type: object, properties: {}}}
- {name: find_25, description: Find things of kind 25 in a city., parameters: {type: object, properties: {}}}
- {name: find_26, description: Find things of kind 26 in a city., parameters: {type: object, properties: {}}}
- {name: find_27, description: Find things of kind 27 in a city., parameters: {type: object, properties: {}}}
- {name: find_28, description: Find things of kind 28 in a city., parameters: {type: object, properties: {}}}
- {name: find_29, description: Find things of kind 29 in a city., parameters: {type: object, properties: {}}}
- {name: find_30, description: Find things of kind 30 in a city., parameters: {type: object, properties: {}}}
- {name: find_31, description: Find things of kind 31 in a city., parameters: {type: object, properties: {}}}
- {name: find_32, description: Find things of kind 32 in a city., parameters: {type: object, properties: {}}}
- {name: find_33, description: Find things of kind 33 in a city., parameters: {type: object, properties: {}}}
- {name: find_34, description: Find things of kind 34 in a city., parameters: {type: object, properties: {}}}
- {name: find_35, description: Find things of kind 35 in a city., parameters: {type: object, properties: {}}}
- {name: find_36, description: Find things of kind 36 in a city., parameters: {type: object, properties: {}}}
- {name: find_37, description: Find things of kind 37 in a city., parameters: {type: object, properties: {}}}
- {name: find_38, description: Find things of kind 38 in a city., parameters: {type: object, properties: {}}}
- {name: find_39, description: Find things of kind 39 in a city., parameters: {type: object, properties: {}}}
- {name: find_40, description: Find things of kind 40 in a city., parameters: {type: object, properties: {}}}
- {name: find_41, description: Find things of kind 41 in a city., parameters: {type: object, properties: {}}}
- {name: find_42, description: Find things of kind 42 in a city., parameters: {type: object, properties: {}}}
- {name: find_43, description: Find things of kind 43 in a city., parameters: {type: object, properties: {}}}
- {name: find_44, description: Find things of kind 44 in a city., parameters: {type: object, properties: {}}}
- {name: find_45, description: Find things of kind 45 in a city., parameters: {type: object, properties: {}}}
- {name: find_46, description: Find things of kind 46 in a city., parameters: {type: object, properties: {}}}
- {name: find_47, description: Find things of kind 47 in a city., parameters: {type: object, properties: {}}}
- {name: find_48, description: Find things of kind 48 in a city., parameters: {type: object, properties: {}}}
- {name: find_49, description: Find things of kind 49 in a city., parameters: {type: object, properties: {}}}
- {name: find_50, description: Find things of kind 50 in a city., parameters: {type: object, properties: {}}}
- {name: find_51, description: Find things of kind 51 in a city., parameters: {type: object, properties: {}}}
- {name: find_52, description: Find things of kind 52 in a city., parameters: {type: object, properties: {}}}
- {name: find_53, description: Find things of kind 53 in a city., parameters: {type: object, properties: {}}}
- {name: find_54, description: Find things of kind 54 in a city., parameters: {type: object, properties: {}}}
- {name: find_55, description: Find things of kind 55 in a city., parameters: {type: object, properties: {}}}
- {name: find_56, description: Find things of kind 56 in a city., parameters: {type: object, properties: {}}}
- {name: find_57, description: Find things of kind 57 in a city., parameters: {type: object, properties: {}}}
- {name: find_58, description: Find things of kind 58 in a city., parameters: {type: object, properties: {}}}
- {name: find_59, description: Find things of kind 59 in a city., parameters: {type: object, properties: {}}}
- {name: find_60, description: Find things of kind 60 in a city., parameters: {type: object, properties: {}}}
- {name: find_61, description: Find things of kind 61 in a city., parameters: {type: object, properties: {}}}
- {name: find_62, description: Find things of kind 62 in a city., parameters: {type: object, properties: {}}}
- {name: find_63, description: Find things of kind 63 in a city., parameters: {type: object, properties: {}}}
- {name: find_64, description: Find things of kind 64 in a city., parameters: {type: object, properties: {}}}
- {name: find_65, description: Find things of kind 65 in a city., parameters: {type: object, properties: {}}}
- {name: find_66, description: Find things of kind 66 in a city., parameters: {type: object, properties: {}}}
- {name: find_67, description: Find things of kind 67 in a city., parameters: {type: object, properties: {}}}
- {name: find_68, description: Find things of kind 68 in a city., parameters: {type: object, properties: {}}}
- {name: find_69, description: Find things of kind 69 in a city., parameters: {type: object, properties: {}}}
- {name: find_70, description: Find things of kind 70 in a city., parameters: {type: object, properties: {}}}
- {name: find_71, description: Find things of kind 71 in a city., parameters: {type: object, properties: {}}}
- {name: find_72, description: Find things of kind 72 in a city., parameters: {type: object, properties: {}}}
- {name: find_73, description: Find things of kind 73 in a city., parameters: {type: object, properties: {}}}
- {name: find_74, description: Find things of kind 74 in a city., parameters: {type: object, properties: {}}}
- {name: find_75, description: Find things of kind 75 in a city., parameters: {type: object, properties: {}}}
- {name: find_76, description: Find things of kind 76 in a city., parameters: {type: object, properties: {}}}
- {name: find_77, description: Find things of kind 77 in a city., parameters: {type: object, properties: {}}}
- {name: find_78, description: Find things of kind 78 in a city., parameters: {type: object, properties: {}}}
- {name: find_79, description: Find things of kind 79 in a city., parameters: {type: object, properties: {}}}
- {name: find_80, description: Find things of kind 80 in a city., parameters: {type: object, properties: {}}}
- {name: find_81, description: Find things of kind 81 in a city., parameters: {type: object, properties: {}}}
- {name: find_82, description: Find things of kind 82 in a city., parameters: {type: object, properties: {}}}
- {name: find_83, description: Find things of kind 83 in a city., parameters: {type: object, properties: {}}}
- {name: find_84, description: Find things of kind 84 in a city., parameters: {type: object, properties: {}}}
- {name: find_85, description: Find things of kind 85 in a city., parameters: {type: object, properties: {}}}
- {name: find_86, description: Find things of kind 86 in a city., parameters: {type: object, properties: {}}}
- {name: find_87, description: Find things of kind 87 in a city., parameters: {type: object, properties: {}}}
- {name: find_88, description: Find things of kind 88 in a city., parameters: {type: object, properties: {}}}
- {name: find_89, description: Find things of kind 89 in a city., parameters: {type: object, properties: {}}}
- {name: find_90, description: Find things of kind 90 in a city., parameters: {type: object, properties: {}}}
- {name: find_91, description: Find things of kind 91 in a city., parameters: {type: object, properties: {}}}
- {name: find_92, description: Find things of kind 92 in a city., parameters: {type: object, properties: {}}}
- {name: find_93, description: Find things of kind 93 in a city., parameters: {type: object, properties: {}}}
- {name: find_94, description: Find things of kind 94 in a city., parameters: {type: object, properties: {}}}
- {name: find_95, description: Find things of kind 95 in a city., parameters: {type: object, properties: {}}}
- {name: find_96, description: Find things of kind 96 in a city., parameters: {type: object, properties: {}}}
- {name: find_97, description: Find things of kind 97 in a city., parameters: {type: object, properties: {}}}
- {name: find_98, description: Find things of kind 98 in a city., parameters: {type: object, properties: {}}}
- {name: find_99, description: Find things of kind 99 in a city., parameters: {type: object, properties: {}}}
- {name: find_100, description: Find things of kind 100 in a city., parameters: {type: object, properties: {}}}
- {name: find_101, description: Find things of kind 101 in a city., parameters: {type: object, properties: {}}}
- {name: find_102, description: Find things of kind 102 in a city., parameters: {type: object, properties: {}}}
- {name: find_103, description: Find things of kind 103 in a city., parameters: {type: object, properties: {}}}
- {name: find_104, description: Find things of kind 104 in a city., parameters: {type: object, properties: {}}}
- {name: find_105, description: Find things of kind 105 in a city., parameters: {type: object, properties: {}}}
- {name: find_106, description: Find things of kind 106 in a city., parameters: {type: object, properties: {}}}
- {name: find_107, description: Find things of kind 107 in a city., parameters: {type: object, properties: {}}}
- {name: find_108, description: Find things of kind 108 in a city., parameters: {type: object, properties: {}}}
- {name: find_109, description: Find things of kind 109 in a city., parameters: {type: object, properties: {}}}
- {name: find_110, description: Find things of kind 110 in a city., parameters: {type: object, properties: {}}}
- {name: find_111, description: Find things of kind 111 in a city., parameters: {type: object, properties: {}}}
- {name: find_112, description: Find things of kind 112 in a city., parameters: {type: object, properties: {}}}
- {name: find_113, description: Find things of kind 113 in a city., parameters: {type: object, properties: {}}}
- {name: find_114, description: Find things of kind 114 in a city., parameters: {type: object, properties: {}}}
- {name: find_115, description: Find things of kind 115 in a city., parameters: {type: object, properties: {}}}
- {name: find_116, description: Find things of kind 116 in a city., parameters: {type: object, properties: {}}}
- {name: find_117, description: Find things of kind 117 in a city., parameters: {type: object, properties: {}}}
- {name: find_118, description: Find things of kind 118 in a city., parameters: {type: object, properties: {}}}
- {name: find_119, description: Find things of kind 119 in a city., parameters: {type: object, properties: {}}}
- {name: find_120, description: Find things of kind 120 in a city., parameters: {type: object, properties: {}}}
- {name: find_121, description: Find things of kind 121 in a city., parameters: {type: object, properties: {}}}
- {name: find_122, description: Find things of kind 122 in a city., parameters: {type: object, properties: {}}}
- {name: find_123, description: Find things of kind 123 in a city., parameters: {type: object, properties: {}}}
- {name: find_124, description: Find things of kind 124 in a city., parameters: {type: object, properties: {}}}
- {name: find_125, description: Find things of kind 125 in a city., parameters: {type: object, properties: {}}}
- {name: find_126, description: Find things of kind 126 in a city., parameters: {type: object, properties: {}}}
- {name: find_127, description: Find things of kind 127 in a city., parameters: {type: object, properties: {}}}
- {name: find_128, description: Find things of kind 128 in a city., parameters: {type: object, properties: {}}}
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

impl Rule for TooManyTools {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            if let Some(first) = tools.first().filter(|_| tools.len() > MOST) {
                out.file = first.file;
                out.tool = None;
                out.report(
                    Place::File,
                    format!("{} tools in one list, and OpenAI takes {MOST}", tools.len()),
                    "offer those that a task needs, by topic",
                );
            }
        }
    }
}

const MOST: usize = 128;
