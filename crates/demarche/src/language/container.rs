//! The model file: labels, subword tokenizer and graphs in one, written by `training/export.py`.

use crate::error::Error;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const MAGIC: &[u8; 8] = b"DEMARCHE";
/// The version of the file's layout that this program reads.
pub const VERSION: u32 = 2;
const REMEDY: &str = "make it again with training/export.py of this version";

/// The header of a model file.
#[derive(Debug, Deserialize)]
pub struct Header {
    sha256: String,
    graphs: BTreeMap<String, (usize, usize)>,
    pub width: usize,
    pub labels: Labels,
    /// Subwords in the order of their numbers; the first are padding, unknown, the sentence's start and its end.
    pub vocabulary: Vec<String>,
}

/// What the numbers that the heads give stand for.
#[derive(Debug, Deserialize)]
pub struct Labels {
    pub upos: Vec<String>,
    pub xpos: Vec<String>,
    pub feats: Vec<String>,
    /// Lemma scripts, see [`super::lemma`].
    pub script: Vec<String>,
    pub rel: Vec<String>,
    pub names: Vec<String>,
    pub types: Vec<String>,
    pub modes: Vec<String>,
    pub status: Vec<String>,
    pub arguments: Vec<Vec<String>>,
    pub parts: Vec<String>,
}

/// A model file that was checked whole.
pub struct Container {
    pub header: Header,
    data: &'static [u8],
    body: usize,
}

impl Container {
    /// Reads and checks a model file; a damaged, foreign or newer one is refused before anything of it is used.
    pub fn open(name: &str, data: &'static [u8]) -> Result<Self, Error> {
        let refuse = |what: String| Error::model(what).at(name, None).remedy(REMEDY);
        if data.get(..8) != Some(MAGIC) {
            return Err(refuse("this is no Demarche model file".into()));
        }
        let number = |at: usize| data.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let version = number(8).unwrap_or(0);
        if version != VERSION {
            return Err(refuse(format!("model format {version} found, {VERSION} expected")));
        }
        let body = 16 + number(12).unwrap_or(0) as usize;
        let header = data.get(16..body).ok_or_else(|| refuse("the file ends inside its header".into()))?;
        let header: Header =
            serde_json::from_slice(header).map_err(|e| refuse(format!("the header cannot be read: {e}")))?;
        let digest: String =
            Sha256::digest(data.get(body..).unwrap_or(&[])).iter().map(|b| format!("{b:02x}")).collect();
        if digest != header.sha256 {
            return Err(refuse("the file is damaged: its checksum does not fit".into()));
        }
        Ok(Container { header, data, body })
    }

    /// The ONNX bytes of a graph.
    pub fn graph(&self, name: &str) -> Option<&'static [u8]> {
        let (start, len) = *self.header.graphs.get(name)?;
        self.data.get(self.body + start..self.body + start + len)
    }

    /// First 16 hex digits of the model's checksum.
    pub fn id(&self) -> &str {
        self.header.sha256.get(..16).unwrap_or("")
    }
}
