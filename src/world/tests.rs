use super::testing::*;
use super::*;

#[test]
#[ignore = "prints what the world says, for people to read"]
fn show() {
    let filter = std::env::var("SHOW").unwrap_or_default();
    let paths = std::env::var("CATALOGS").unwrap_or_else(|_| "tool-catalogs".into());
    let tools = tools(&paths.split(',').collect::<Vec<_>>());
    let schemas = Arc::new(Schemas::of(&tools));
    for (index, tool) in tools.iter().enumerate().filter(|(_, tool)| tool.name.contains(&filter) || tool.domain.contains(&filter)) {
        let context = Context { today: "2026-11-17".into(), user: Default::default() };
        let mut world = World::with_schemas(&context, crate::seed::stream(5, index as u64, crate::seed::Stage::World, 0), schemas.clone());
        match arguments(&mut world, tool, |_| true) {
            Ok(arguments) => {
                let valid = world.valid(tool, &arguments);
                let result = world.call(tool, &arguments, &Demand::default());
                println!("{} {} {}\n  -> {}", tool.name, if valid { "" } else { "INVALID" }, arguments, result.map_or_else(|e| format!("FAIL {e}"), |v| v.to_string()));
            }
            Err(pointer) => println!("{} NO VALUE at {pointer}", tool.name),
        }
    }
}
