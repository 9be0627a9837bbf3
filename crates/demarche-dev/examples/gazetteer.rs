//! Compiles the table that `training/gazetteer.py` writes: `gazetteer places.csv gazetteer.bin`.

use demarche::codebook::places::Gazetteer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(table), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: gazetteer TABLE.csv OUT.bin".into());
    };
    let bytes = Gazetteer::compile(&table, &std::fs::read_to_string(&table)?)?;
    std::fs::write(&out, &bytes)?;
    println!("{out}: {} bytes", bytes.len());
    Ok(())
}
