// Files that are either whole or not there.
#pragma once

#include <string>

namespace lumbarun {

// Writes all bytes to an open file. Returns 0 or an error number.
int write_all(int file, const std::string& bytes);

// Writes to a draft of its own name, flushes it to the disk and renames it. @throws BadInput, saying why.
void write_whole_file(const std::string& path, const std::string& text);

// Makes the entries of a folder durable.
void sync_folder(const std::string& folder);

// A hash of text as a UUID (SHA-1); `before` chains it to what came earlier.
std::string calc_text_hash(const std::string& text, const std::string& before = "");

// The text as one word of a shell command.
std::string calc_shell_word(const std::string& text);

}  // namespace lumbarun
