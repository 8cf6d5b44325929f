# What the scripts that build, install and test the C library have to agree upon. Read from the repository's root.
version="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)"
abi="$(sed -n 's/^QIANCHENG_\([0-9]*\) {.*/\1/p' bindings/c/libqiancheng.map)"
soname="libqiancheng.so.$abi"
# What Rust's library and AWS-LC take from the system. On glibc since 2.34 all but libm are empty.
system_libraries="-lpthread -ldl -lm -lrt"
