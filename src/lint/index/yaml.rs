//! Places in YAML: the parser's own, as a tree.

use super::{Node, Span, unescaped};
use crate::catalog::read::yaml_options;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

pub(super) struct Places(Vec<Placed>);

struct Placed {
    node: Node,
    name: Box<str>,
    children: Vec<u32>,
    is_list: bool,
}

impl Places {
    pub(super) fn new(text: &str) -> Places {
        let mut nodes = Vec::new();
        if let Ok(root) = serde_yaml::from_str_with_options::<Spanned<Tree>>(text, yaml_options()) {
            place(&root, None, "", text, &mut nodes);
        }
        Places(nodes)
    }

    /// As far as a pointer leads, and whether that is its end.
    pub(super) fn follow(&self, pointer: &str) -> Option<(Node, bool)> {
        let mut at = self.0.first()?;
        for token in pointer.split('/').skip(1) {
            let next = match at.is_list {
                true => token.parse::<usize>().ok().and_then(|index| at.children.get(index)),
                false => {
                    let name = unescaped(token);
                    at.children.iter().find(|child| *self.0[**child as usize].name == *name)
                }
            };
            match next {
                Some(next) => at = &self.0[*next as usize],
                None => return Some((at.node, false)),
            }
        }
        Some((at.node, true))
    }
}

/// YAML with places.
enum Tree {
    Map(Vec<(Spanned<String>, Spanned<Tree>)>),
    List(Vec<Spanned<Tree>>),
    Leaf,
}

fn bytes_of(location: serde_yaml::Location) -> Span {
    let span = location.span();
    match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(length)) => (start as usize, (start + length) as usize),
        _ => (0, 0),
    }
}

fn place(tree: &Spanned<Tree>, key: Option<Span>, name: &str, text: &str, nodes: &mut Vec<Placed>) -> u32 {
    let id = nodes.len();
    let mut value = bytes_of(tree.referenced);
    let is_leaf = matches!(tree.value, Tree::Leaf);
    nodes.push(Placed {
        node: Node { key, value, is_leaf },
        name: name.into(),
        children: Vec::new(),
        is_list: matches!(tree.value, Tree::List(_)),
    });
    let children: Vec<u32> = match &tree.value {
        Tree::Map(entries) => {
            let below =
                |(key, inner): &(Spanned<String>, Spanned<Tree>)| place(inner, Some(bytes_of(key.referenced)), &key.value, text, nodes);
            entries.iter().map(below).collect()
        }
        Tree::List(items) => items.iter().map(|item| place(item, None, "", text, nodes)).collect(),
        Tree::Leaf => Vec::new(),
    };
    // A container begins at its first child at the latest, and ends with its last.
    if let Some(end) = children.iter().map(|child| nodes[*child as usize].node.value.1).max() {
        value.1 = value.1.max(end);
    }
    // A scalar's span may run over the white space behind it.
    let length = text.get(value.0..value.1).map_or(0, |raw| raw.trim_end().len());
    value.1 = value.0 + length;
    nodes[id].node.value = value;
    nodes[id].children = children;
    id as u32
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_str<E>(self, _: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Tree::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut out = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            out.push(entry);
        }
        Ok(Tree::Map(out))
    }
}
