// SPDX-License-Identifier: GPL-2.0-only

//! Graphics buffers in Rust.

use crate::bindings;

/// The callbacks of an object.  The handler is the C function.
pub const VTABLE: bindings::demo_gem_object_funcs = bindings::demo_gem_object_funcs {
    free: None,
    mmap: Some(bindings::demo_vram_mmap),
};
