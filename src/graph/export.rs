//! The graph for other programs: DOT, GraphML, JSON.

use super::{Relation, RelationKind, ToolGraph, ToolIx, Witness};
use crate::catalog::Catalog;
use petgraph::visit::EdgeRef;
use serde_json::{Value, json};
use std::io::{Result, Write};

/// A format that [`ToolGraph::write`] knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    Dot,
    GraphMl,
    Json,
}

impl ToolGraph {
    /// Writes the tools and the edges of the given kinds, in the order of the catalog and of the graph.
    pub fn write(&self, catalog: &Catalog, kinds: &[RelationKind], format: GraphFormat, out: &mut dyn Write) -> Result<()> {
        match format {
            GraphFormat::Dot => self.write_dot(catalog, kinds, out),
            GraphFormat::GraphMl => self.write_graphml(catalog, kinds, out),
            GraphFormat::Json => self.write_json(catalog, kinds, out),
        }
    }

    fn edges_of<'a>(&'a self, kinds: &'a [RelationKind]) -> impl Iterator<Item = (ToolIx, ToolIx, &'a Relation)> {
        let edges = self.graph.edge_references().map(|edge| (edge.source().index(), edge.target().index(), edge.weight()));
        edges.filter(|(_, _, relation)| kinds.contains(&relation.kind))
    }

    fn write_dot(&self, catalog: &Catalog, kinds: &[RelationKind], out: &mut dyn Write) -> Result<()> {
        writeln!(out, "digraph tools {{\n  node [shape=box];")?;
        for (ix, tool) in catalog.tools.iter().enumerate() {
            writeln!(out, "  t{ix} [label={}];", quoted(&tool.name))?;
        }
        for (from, to, relation) in self.edges_of(kinds) {
            let style = style(relation.kind);
            let label = quoted(&relation.witness.to_string());
            writeln!(out, "  t{from} -> t{to} [label={label}, weight={:.3}, style={style}];", relation.weight)?;
        }
        writeln!(out, "}}")
    }

    fn write_graphml(&self, catalog: &Catalog, kinds: &[RelationKind], out: &mut dyn Write) -> Result<()> {
        const KEYS: [(&str, &str, &str); 6] = [
            ("name", "node", "string"),
            ("domain", "node", "string"),
            ("kind", "edge", "string"),
            ("weight", "edge", "double"),
            ("from", "edge", "string"),
            ("to", "edge", "string"),
        ];
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (name, target, kind) in KEYS {
            writeln!(out, "  <key id=\"{name}\" for=\"{target}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(out, "  <graph id=\"tools\" edgedefault=\"directed\">")?;
        for (ix, tool) in catalog.tools.iter().enumerate() {
            let (name, domain) = (xml(&tool.name), xml(&tool.domain));
            writeln!(out, "    <node id=\"t{ix}\"><data key=\"name\">{name}</data><data key=\"domain\">{domain}</data></node>")?;
        }
        for (from, to, relation) in self.edges_of(kinds) {
            write!(out, "    <edge source=\"t{from}\" target=\"t{to}\"><data key=\"kind\">{}</data>", name(relation.kind))?;
            write!(out, "<data key=\"weight\">{:.3}</data>", relation.weight)?;
            if let Some((first, second)) = relation.witness.ends() {
                write!(out, "<data key=\"from\">{}</data><data key=\"to\">{}</data>", xml(first), xml(second))?;
            }
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")
    }

    fn write_json(&self, catalog: &Catalog, kinds: &[RelationKind], out: &mut dyn Write) -> Result<()> {
        let nodes: Vec<Value> = catalog.tools.iter().map(|tool| json!({"tool": tool.name, "domain": tool.domain})).collect();
        let name = |ix: ToolIx| &catalog.tools[ix].name;
        let edge = |(from, to, relation): (ToolIx, ToolIx, &Relation)| json!({"from": name(from), "to": name(to), "kind": relation.kind, "weight": relation.weight, "witness": relation.witness});
        let edges: Vec<Value> = self.edges_of(kinds).map(edge).collect();
        serde_json::to_writer_pretty(&mut *out, &json!({"relevance": self.relevance, "tools": nodes, "edges": edges}))?;
        writeln!(out)
    }
}

impl Witness {
    /// The two pointers of a witness that has them: where the value is, and where it goes.
    pub fn ends(&self) -> Option<(&str, &str)> {
        match self {
            Witness::Flow { field, parameter } | Witness::Reckoned { field, parameter, .. } => Some((field, parameter)),
            Witness::Shared { first, second } => Some((first, second)),
            Witness::LifeCycle { .. } | Witness::Topic { .. } => None,
        }
    }
}

impl std::fmt::Display for Witness {
    /// Short, for labels: `/hotels/*/hotel_id -> /hotel_id`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Witness::Flow { field, parameter } | Witness::Reckoned { field, parameter, .. } => write!(f, "{field} -> {parameter}"),
            Witness::Shared { first, second } => write!(f, "{first} = {second}"),
            Witness::LifeCycle { entity } => write!(f, "life of {entity}"),
            Witness::Topic { similarity } => write!(f, "topic {similarity:.2}"),
        }
    }
}

fn name(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Feeds => "feeds",
        RelationKind::Shares => "shares",
        RelationKind::Precedes => "precedes",
        RelationKind::Near => "near",
    }
}

fn style(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Feeds => "solid",
        RelationKind::Shares => "dashed",
        RelationKind::Precedes => "bold",
        RelationKind::Near => "dotted",
    }
}

/// A DOT string: quotes and backslashes escaped, control characters gone.
fn quoted(text: &str) -> String {
    let inner: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""))
}

/// XML text: the five special characters escaped, characters that XML forbids gone.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::GraphOptions;
    use super::super::testing::{hashed, travel};
    use super::*;

    fn written(format: GraphFormat, kinds: &[RelationKind]) -> String {
        let mut catalog = travel();
        catalog.tools[0].name = "search \"<hotels>\" & \\more".into();
        let graph = ToolGraph::build_with(&catalog, &GraphOptions::default(), &hashed);
        let mut out = Vec::new();
        graph.write(&catalog, kinds, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn dot_escapes_names_and_shows_the_witness() {
        let dot = written(GraphFormat::Dot, &[RelationKind::Feeds]);
        assert!(dot.contains(r#"t0 [label="search \"<hotels>\" & \\more"];"#), "{dot}");
        assert!(dot.contains(r#"t1 -> t2 [label="/booking_id -> /booking_id""#), "{dot}");
        assert!(!dot.contains("topic"));
    }

    #[test]
    fn graphml_is_escaped_and_carries_both_pointers() {
        let xml = written(GraphFormat::GraphMl, &[RelationKind::Feeds, RelationKind::Near]);
        assert!(xml.contains("search &quot;&lt;hotels&gt;&quot; &amp; \\more"), "{xml}");
        assert!(xml.contains(r#"<data key="from">/booking_id</data><data key="to">/booking_id</data>"#), "{xml}");
        assert_eq!(xml.matches("<edge ").count(), xml.matches("</edge>").count());
    }

    #[test]
    fn json_reads_back() {
        let value: Value = serde_json::from_str(&written(GraphFormat::Json, &[RelationKind::Precedes])).unwrap();
        assert_eq!(value["tools"].as_array().map(Vec::len), Some(5));
        assert_eq!(value["edges"][0]["witness"], json!({"life_cycle": {"entity": "booking"}}));
    }
}
