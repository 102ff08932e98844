// SPDX-License-Identifier: GPL-2.0-only

//! Devices written in Rust: the table of file operations that C sees.

use crate::{bindings, error::Result, fs::File, mm::virt::VmaNew};
use core::marker::PhantomData;

/// What a device offers.
#[vtable]
pub trait DemoDevice: Sized {
    /// Called when user space maps the device.
    fn mmap(_file: &File, _vma: &VmaNew) -> Result;
}

struct DemoVTable<T: DemoDevice>(PhantomData<T>);

impl<T: DemoDevice> DemoVTable<T> {
    /// # Safety
    ///
    /// `file` must be open, `vma` must be the mapping that is being made of it.
    // expect: class=unknown verdict=core patterns= state= outcome=core
    unsafe extern "C" fn demo_vtable_mmap(
        file: *mut bindings::file,
        vma: *mut bindings::vm_area_struct,
    ) -> crate::ffi::c_int {
        // SAFETY: The caller promises a mapping that is not in use yet.
        let area = unsafe { VmaNew::from_raw(vma) };
        // SAFETY: The caller promises an open file.
        match T::mmap(unsafe { File::from_raw_file(file) }, area) {
            Ok(()) => 0,
            Err(err) => err.to_errno(),
        }
    }

    const VTABLE: bindings::file_operations = bindings::file_operations {
        mmap: if T::HAS_MMAP { Some(Self::demo_vtable_mmap) } else { None },
        ..pin_init::zeroed()
    };

    const fn build() -> &'static bindings::file_operations {
        &Self::VTABLE
    }
}

/// The table of a driver that uses graphics buffers; its handler is a C function.
pub const fn create_demo_gem_fops(owner: *mut bindings::module) -> bindings::file_operations {
    let mut fops: bindings::file_operations = pin_init::zeroed();

    fops.owner = owner;
    fops.open = Some(bindings::demo_gem_open);
    fops.release = Some(bindings::demo_gem_release);
    fops.mmap = Some(bindings::demo_gem_mmap);

    fops
}
