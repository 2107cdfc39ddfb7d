//! P03 `openai-limits`: The schema is above a limit of OpenAI's strict mode: 10 levels, 5,000 properties, 1,000 enum values, 15,000 characters in a long enum, 120,000 in all names and values.

use crate::lint::rules::prelude::*;
use crate::lint::view::each_node;

pub(super) struct OpenaiLimits;

static DOC: Doc = Doc {
    name: "openai-limits",
    code: "P03",
    group: Group::Providers,
    severity: Error,
    targets: &[Target::OpenAiStrict],
    what: "The schema is above a limit of OpenAI's strict mode: 10 levels, 5,000 properties, 1,000 enum values, 15,000 characters in a long enum, 120,000 in all names and values.",
    why: "The request is refused with a 400.",
    bad: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      code: {type: string, enum: [code_0000, code_0001, code_0002, code_0003, code_0004, code_0005, code_0006, code_0007, code_0008, code_0009, code_0010, code_0011, code_0012, code_0013, code_0014, code_0015, code_0016, code_0017, code_0018, code_0019, code_0020, code_0021, code_0022, code_0023, code_0024, code_0025, code_0026, code_0027, code_0028, code_0029, code_0030, code_0031, code_0032, code_0033, code_0034, code_0035, code_0036, code_0037, code_0038, code_0039, code_0040, code_0041, code_0042, code_0043, code_0044, code_0045, code_0046, code_0047, code_0048, code_0049, code_0050, code_0051, code_0052, code_0053, code_0054, code_0055, code_0056, code_0057, code_0058, code_0059, code_0060, code_0061, code_0062, code_0063, code_0064, code_0065, code_0066, code_0067, code_0068, code_0069, code_0070, code_0071, code_0072, code_0073, code_0074, code_0075, code_0076, code_0077, code_0078, code_0079, code_0080, code_0081, code_0082, code_0083, code_0084, code_0085, code_0086, code_0087, code_0088, code_0089, code_0090, code_0091, code_0092, code_0093, code_0094, code_0095, code_0096, code_0097, code_0098, code_0099, code_0100, code_0101, code_0102, code_0103, code_0104, code_0105, code_0106, code_0107, code_0108, code_0109, code_0110, code_0111, code_0112, code_0113, code_0114, code_0115, code_0116, code_0117, code_0118, code_0119, code_0120, code_0121, code_0122, code_0123, code_0124, code_0125, code_0126, code_0127, code_0128, code_0129, code_0130, code_0131, code_0132, code_0133, code_0134, code_0135, code_0136, code_0137, code_0138, code_0139, code_0140, code_0141, code_0142, code_0143, code_0144, code_0145, code_0146, code_0147, code_0148, code_0149, code_0150, code_0151, code_0152, code_0153, code_0154, code_0155, code_0156, code_0157, code_0158, code_0159, code_0160, code_0161, code_0162, code_0163, code_0164, code_0165, code_0166, code_0167, code_0168, code_0169, code_0170, code_0171, code_0172, code_0173, code_0174, code_0175, code_0176, code_0177, code_0178, code_0179, code_0180, code_0181, code_0182, code_0183, code_0184, code_0185, code_0186, code_0187, code_0188, code_0189, code_0190, code_0191, code_0192, code_0193, code_0194, code_0195, code_0196, code_0197, code_0198, code_0199, code_0200, code_0201, code_0202, code_0203, code_0204, code_0205, code_0206, code_0207, code_0208, code_0209, code_0210, code_0211, code_0212, code_0213, code_0214, code_0215, code_0216, code_0217, code_0218, code_0219, code_0220, code_0221, code_0222, code_0223, code_0224, code_0225, code_0226, code_0227, code_0228, code_0229, code_0230, code_0231, code_0232, code_0233, code_0234, code_0235, code_0236, code_0237, code_0238, code_0239, code_0240, code_0241, code_0242, code_0243, code_0244, code_0245, code_0246, code_0247, code_0248, code_0249, code_0250, code_0251, code_0252, code_0253, code_0254, code_0255, code_0256, code_0257, code_0258, code_0259, code_0260, code_0261, code_0262, code_0263, code_0264, code_0265, code_0266, code_0267, code_0268, code_0269, code_0270, code_0271, code_0272, code_0273, code_0274, code_0275, code_0276, code_0277, code_0278, code_0279, code_0280, code_0281, code_0282, code_0283, code_0284, code_0285, code_0286, code_0287, code_0288, code_0289, code_0290, code_0291, code_0292, code_0293, code_0294, code_0295, code_0296, code_0297, code_0298, code_0299, code_0300, code_0301, code_0302, code_0303, code_0304, code_0305, code_0306, code_0307, code_0308, code_0309, code_0310, code_0311, code_0312, code_0313, code_0314, code_0315, code_0316, code_0317, code_0318, code_0319, code_0320, code_0321, code_0322, code_0323, code_0324, code_0325, code_0326, code_0327, code_0328, code_0329, code_0330, code_0331, code_0332, code_0333, code_0334, code_0335, code_0336, code_0337, code_0338, code_0339, code_0340, code_0341, code_0342, code_0343, code_0344, code_0345, code_0346, code_0347, code_0348, code_0349, code_0350, code_0351, code_0352, code_0353, code_0354, code_0355, code_0356, code_0357, code_0358, code_0359, code_0360, code_0361, code_0362, code_0363, code_0364, code_0365, code_0366, code_0367, code_0368, code_0369, code_0370, code_0371, code_0372, code_0373, code_0374, code_0375, code_0376, code_0377, code_0378, code_0379, code_0380, code_0381, code_0382, code_0383, code_0384, code_0385, code_0386, code_0387, code_0388, code_0389, code_0390, code_0391, code_0392, code_0393, code_0394, code_0395, code_0396, code_0397, code_0398, code_0399, code_0400, code_0401, code_0402, code_0403, code_0404, code_0405, code_0406, code_0407, code_0408, code_0409, code_0410, code_0411, code_0412, code_0413, code_0414, code_0415, code_0416, code_0417, code_0418, code_0419, code_0420, code_0421, code_0422, code_0423, code_0424, code_0425, code_0426, code_0427, code_0428, code_0429, code_0430, code_0431, code_0432, code_0433, code_0434, code_0435, code_0436, code_0437, code_0438, code_0439, code_0440, code_0441, code_0442, code_0443, code_0444, code_0445, code_0446, code_0447, code_0448, code_0449, code_0450, code_0451, code_0452, code_0453, code_0454, code_0455, code_0456, code_0457, code_0458, code_0459, code_0460, code_0461, code_0462, code_0463, code_0464, code_0465, code_0466, code_0467, code_0468, code_0469, code_0470, code_0471, code_0472, code_0473, code_0474, code_0475, code_0476, code_0477, code_0478, code_0479, code_0480, code_0481, code_0482, code_0483, code_0484, code_0485, code_0486, code_0487, code_0488, code_0489, code_0490, code_0491, code_0492, code_0493, code_0494, code_0495, code_0496, code_0497, code_0498, code_0499, code_0500, code_0501, code_0502, code_0503, code_0504, code_0505, code_0506, code_0507, code_0508, code_0509, code_0510, code_0511, code_0512, code_0513, code_0514, code_0515, code_0516, code_0517, code_0518, code_0519, code_0520, code_0521, code_0522, code_0523, code_0524, code_0525, code_0526, code_0527, code_0528, code_0529, code_0530, code_0531, code_0532, code_0533, code_0534, code_0535, code_0536, code_0537, code_0538, code_0539, code_0540, code_0541, code_0542, code_0543, code_0544, code_0545, code_0546, code_0547, code_0548, code_0549, code_0550, code_0551, code_0552, code_0553, code_0554, code_0555, code_0556, code_0557, code_0558, code_0559, code_0560, code_0561, code_0562, code_0563, code_0564, code_0565, code_0566, code_0567, code_0568, code_0569, code_0570, code_0571, code_0572, code_0573, code_0574, code_0575, code_0576, code_0577, code_0578, code_0579, code_0580, code_0581, code_0582, code_0583, code_0584, code_0585, code_0586, code_0587, code_0588, code_0589, code_0590, code_0591, code_0592, code_0593, code_0594, code_0595, code_0596, code_0597, code_0598, code_0599, code_0600, code_0601, code_0602, code_0603, code_0604, code_0605, code_0606, code_0607, code_0608, code_0609, code_0610, code_0611, code_0612, code_0613, code_0614, code_0615, code_0616, code_0617, code_0618, code_0619, code_0620, code_0621, code_0622, code_0623, code_0624, code_0625, code_0626, code_0627, code_0628, code_0629, code_0630, code_0631, code_0632, code_0633, code_0634, code_0635, code_0636, code_0637, code_0638, code_0639, code_0640, code_0641, code_0642, code_0643, code_0644, code_0645, code_0646, code_0647, code_0648, code_0649, code_0650, code_0651, code_0652, code_0653, code_0654, code_0655, code_0656, code_0657, code_0658, code_0659, code_0660, code_0661, code_0662, code_0663, code_0664, code_0665, code_0666, code_0667, code_0668, code_0669, code_0670, code_0671, code_0672, code_0673, code_0674, code_0675, code_0676, code_0677, code_0678, code_0679, code_0680, code_0681, code_0682, code_0683, code_0684, code_0685, code_0686, code_0687, code_0688, code_0689, code_0690, code_0691, code_0692, code_0693, code_0694, code_0695, code_0696, code_0697, code_0698, code_0699, code_0700, code_0701, code_0702, code_0703, code_0704, code_0705, code_0706, code_0707, code_0708, code_0709, code_0710, code_0711, code_0712, code_0713, code_0714, code_0715, code_0716, code_0717, code_0718, code_0719, code_0720, code_0721, code_0722, code_0723, code_0724, code_0725, code_0726, code_0727, code_0728, code_0729, code_0730, code_0731, code_0732, code_0733, code_0734, code_0735, code_0736, code_0737, code_0738, code_0739, code_0740, code_0741, code_0742, code_0743, code_0744, code_0745, code_0746, code_0747, code_0748, code_0749, code_0750, code_0751, code_0752, code_0753, code_0754, code_0755, code_0756, code_0757, code_0758, code_0759, code_0760, code_0761, code_0762, code_0763, code_0764, code_0765, code_0766, code_0767, code_0768, code_0769, code_0770, code_0771, code_0772, code_0773, code_0774, code_0775, code_0776, code_0777, code_0778, code_0779, code_0780, code_0781, code_0782, code_0783, code_0784, code_0785, code_0786, code_0787, code_0788, code_0789, code_0790, code_0791, code_0792, code_0793, code_0794, code_0795, code_0796, code_0797, code_0798, code_0799, code_0800, code_0801, code_0802, code_0803, code_0804, code_0805, code_0806, code_0807, code_0808, code_0809, code_0810, code_0811, code_0812, code_0813, code_0814, code_0815, code_0816, code_0817, code_0818, code_0819, code_0820, code_0821, code_0822, code_0823, code_0824, code_0825, code_0826, code_0827, code_0828, code_0829, code_0830, code_0831, code_0832, code_0833, code_0834, code_0835, code_0836, code_0837, code_0838, code_0839, code_0840, code_0841, code_0842, code_0843, code_0844, code_0845, code_0846, code_0847, code_0848, code_0849, code_0850, code_0851, code_0852, code_0853, code_0854, code_0855, code_0856, code_0857, code_0858, code_0859, code_0860, code_0861, code_0862, code_0863, code_0864, code_0865, code_0866, code_0867, code_0868, code_0869, code_0870, code_0871, code_0872, code_0873, code_0874, code_0875, code_0876, code_0877, code_0878, code_0879, code_0880, code_0881, code_0882, code_0883, code_0884, code_0885, code_0886, code_0887, code_0888, code_0889, code_0890, code_0891, code_0892, code_0893, code_0894, code_0895, code_0896, code_0897, code_0898, code_0899, code_0900, code_0901, code_0902, code_0903, code_0904, code_0905, code_0906, code_0907, code_0908, code_0909, code_0910, code_0911, code_0912, code_0913, code_0914, code_0915, code_0916, code_0917, code_0918, code_0919, code_0920, code_0921, code_0922, code_0923, code_0924, code_0925, code_0926, code_0927, code_0928, code_0929, code_0930, code_0931, code_0932, code_0933, code_0934, code_0935, code_0936, code_0937, code_0938, code_0939, code_0940, code_0941, code_0942, code_0943, code_0944, code_0945, code_0946, code_0947, code_0948, code_0949, code_0950, code_0951, code_0952, code_0953, code_0954, code_0955, code_0956, code_0957, code_0958, code_0959, code_0960, code_0961, code_0962, code_0963, code_0964, code_0965, code_0966, code_0967, code_0968, code_0969, code_0970, code_0971, code_0972, code_0973, code_0974, code_0975, code_0976, code_0977, code_0978, code_0979, code_0980, code_0981, code_0982, code_0983, code_0984, code_0985, code_0986, code_0987, code_0988, code_0989, code_0990, code_0991, code_0992, code_0993, code_0994, code_0995, code_0996, code_0997, code_0998, code_0999, code_1000], description: Code of the city.}
"#,
    good: r#"- name: search_hotels
  description: Search for hotels in a city.
  parameters:
    type: object
    properties:
      code: {type: string, enum: [ber, lis, osl], description: Code of the city.}
"#,
    ..Doc::BLANK
};

impl Rule for OpenaiLimits {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let (mut properties, mut values, mut characters, mut deepest) = (0, 0, 0, 0);
        let mut long: Option<String> = None;
        each_node(&tool.schema, false, &mut |node| {
            for name in node.map.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name) {
                properties += 1;
                characters += name.chars().count();
            }
            if let Some(list) = node.map.get("enum").and_then(Value::as_array) {
                values += list.len();
                let length: usize = list.iter().filter_map(Value::as_str).map(|text| text.chars().count()).sum();
                characters += length;
                if list.len() > 250 && length > 15_000 {
                    long = Some(node.pointer.to_owned());
                }
            }
            deepest = deepest.max(node.pointer.matches("/properties/").count() + node.pointer.matches("/items").count());
        });
        let over = [
            (properties, 5_000, "properties"),
            (values, 1_000, "enum values"),
            (characters, 120_000, "characters in names and values"),
            (deepest, 10, "levels"),
        ];
        for (count, most, what) in over {
            if count > most {
                out.report(
                    Place::Parameters(String::new()),
                    format!("the schema has {count} {what}, and OpenAI takes {most}"),
                    "split the tool, or cut it down",
                );
            }
        }
        if let Some(pointer) = long {
            out.report(
                Place::Parameters(pointer),
                "an enum of more than 250 values has more than 15,000 characters",
                "shorten the values, or make it a plain text",
            );
        }
    }
}
