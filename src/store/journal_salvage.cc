#include "store/journal_salvage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

namespace plimsoll::store {

namespace {

constexpr std::size_t page_size = journal_page_bytes;
constexpr std::size_t log_header_size = 32;
constexpr std::size_t frame_header_size = 24;
constexpr std::size_t frame_size = frame_header_size + page_size;
constexpr std::size_t body_bytes_max = 256u << 20;  // What a damaged length may make us allocate.

using Page = std::array<std::uint8_t, page_size>;

std::uint32_t big_endian32(const std::uint8_t* bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
           std::uint32_t{bytes[2]} << 8 | bytes[3];
}

std::uint32_t big_endian16(const std::uint8_t* bytes) {
    return std::uint32_t{bytes[0]} << 8 | bytes[1];
}

/// A file that is read at offsets; -1 if it is not there.
class Input {
  public:
    explicit Input(const std::filesystem::path& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    bool is_open() const { return descriptor_ >= 0; }
    /// False if not all of it could be read: past the end, or a bad sector.
    bool read(std::uint64_t offset, void* into, std::size_t size) const {
        std::size_t done = 0;
        while (done < size) {
            const ssize_t got = ::pread(descriptor_, static_cast<char*>(into) + done, size - done,
                                        static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            done += static_cast<std::size_t>(got);
        }
        return true;
    }
    /// 0 for what is no ordinary file: a directory may claim any size.
    std::uint64_t size() const {
        struct stat found;
        const bool ordinary = ::fstat(descriptor_, &found) == 0 && S_ISREG(found.st_mode);
        return ordinary ? static_cast<std::uint64_t>(found.st_size) : 0;
    }

  private:
    int descriptor_;
};

/// Reads one varint at `at` and moves past it. False at the end of the bytes.
bool varint(const std::uint8_t*& at, const std::uint8_t* end, std::uint64_t& value) {
    value = 0;
    for (int i = 0; i < 9; ++i) {
        if (at == end) return false;
        const std::uint8_t byte = *at++;
        if (i == 8) {
            value = value << 8 | byte;
            return true;
        }
        value = value << 7 | (byte & 0x7F);
        if (!(byte & 0x80)) return true;
    }
    return true;
}

/// Both files of one journal file, as numbered pages.
class Pages {
  public:
    explicit Pages(const std::filesystem::path& path) : file_(path), log_(path.string() + "-wal") {
        if (!log_.is_open()) return;
        const std::uint64_t size = log_.size();
        for (std::uint64_t at = log_header_size; at + frame_size <= size; at += frame_size) {
            std::uint8_t header[frame_header_size];
            if (!log_.read(at, header, sizeof header)) continue;
            frames_.push_back(at + frame_header_size);
            frames_of_page_[big_endian32(header)].push_back(at + frame_header_size);
        }
    }
    bool is_open() const { return file_.is_open() || log_.is_open(); }
    std::uint64_t file_pages() const { return file_.is_open() ? file_.size() / page_size : 0; }
    bool file_page(std::uint64_t index, Page& page) const {
        return file_.read(index * page_size, page.data(), page_size);
    }
    const std::vector<std::uint64_t>& frames() const { return frames_; }
    bool frame(std::uint64_t at, Page& page) const { return log_.read(at, page.data(), page_size); }

    /// Page `number` (from 1) in its `version`: from the log, the latest first, then from the file.
    bool version(std::uint32_t number, std::size_t version, Page& page) const {
        const auto found = frames_of_page_.find(number);
        const std::size_t in_log = found == frames_of_page_.end() ? 0 : found->second.size();
        if (version < in_log) return frame(found->second[in_log - 1 - version], page);
        return version == in_log && number >= 1 && file_.is_open() &&
               file_.read(std::uint64_t{number - 1} * page_size, page.data(), page_size);
    }

  private:
    Input file_;
    Input log_;
    std::vector<std::uint64_t> frames_;
    std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> frames_of_page_;
};

/// The payload of a cell: what lies on the leaf, and then the chain of overflow pages.
bool payload(const Pages& pages, const Page& leaf, std::size_t at, std::uint64_t size,
             std::size_t version, std::string& into) {
    constexpr std::size_t local_max = page_size - 35;
    constexpr std::size_t local_min = (page_size - 12) * 32 / 255 - 23;
    std::size_t local = size;
    if (size > local_max) {
        local = local_min + (size - local_min) % (page_size - 4);
        if (local > local_max) local = local_min;
    }
    const bool chained = local < size;
    if (at + local + (chained ? 4 : 0) > page_size) return false;
    into.assign(reinterpret_cast<const char*>(leaf.data()) + at, local);
    std::uint32_t next = chained ? big_endian32(leaf.data() + at + local) : 0;
    Page page;
    while (into.size() < size) {
        if (next == 0 || !(pages.version(next, version, page) || pages.version(next, 0, page)))
            return false;
        next = big_endian32(page.data());
        into.append(reinterpret_cast<const char*>(page.data()) + 4,
                    std::min<std::uint64_t>(page_size - 4, size - into.size()));
    }
    return true;
}

/// Columns (NULL seq, received_ns, span_count, raw_bytes, raw_total, checksum, body) of a record.
bool decode(const std::string& record, std::uint64_t seq, PackedRow& row) {
    const auto* at = reinterpret_cast<const std::uint8_t*>(record.data());
    const auto* const end = at + record.size();
    std::uint64_t header_size;
    const auto* const begin = at;
    if (!varint(at, end, header_size) || header_size > record.size()) return false;
    const auto* const header_end = begin + header_size;
    const auto* value = header_end;
    std::array<std::int64_t, 6> numbers{};
    for (std::size_t column = 0; column < 7; ++column) {
        std::uint64_t type;
        if (!varint(at, header_end, type)) return false;
        if (column == 6) {
            if (type < 12 || type % 2 != 0) return false;
            const std::uint64_t size = (type - 12) / 2;
            if (size != static_cast<std::uint64_t>(end - value)) return false;
            row.body.assign(reinterpret_cast<const char*>(value), size);
            break;
        }
        static constexpr std::size_t widths[] = {0, 1, 2, 3, 4, 6, 8};
        if (type == 8 || type == 9) {
            numbers[column] = type == 9;
            continue;
        }
        if (type > 6) return false;
        const std::size_t width = widths[type];
        if (static_cast<std::size_t>(end - value) < width) return false;
        std::int64_t number = width && (*value & 0x80) ? -1 : 0;
        for (std::size_t i = 0; i < width; ++i)
            number = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << 8 | *value++);
        numbers[column] = number;
    }
    row.seq = seq;
    row.received = numbers[1];
    row.span_count = static_cast<std::uint64_t>(numbers[2]);
    row.raw_bytes = static_cast<std::uint64_t>(numbers[3]);
    row.raw_total = static_cast<std::uint64_t>(numbers[4]);
    row.checksum = static_cast<std::uint64_t>(numbers[5]);
    return row.intact();
}

Result<Done> rows_of_leaf(const Pages& pages, const Page& leaf,
                          const std::function<Result<Done>(const PackedRow&)>& sink) {
    if (leaf[0] != 0x0D) return Done{};  // Page 1 is the schema's and holds no rows of ours.
    const std::size_t cells = std::min<std::size_t>(big_endian16(&leaf[3]), (page_size - 8) / 2);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t start = big_endian16(&leaf[8 + 2 * cell]);
        if (start < 8 || start >= page_size) continue;
        const std::uint8_t* at = leaf.data() + start;
        const std::uint8_t* const end = leaf.data() + page_size;
        std::uint64_t size, seq;
        if (!varint(at, end, size) || !varint(at, end, seq)) continue;
        if (size < 8 || size > body_bytes_max) continue;
        std::string record;
        PackedRow row;
        // A page number may stand in the log in several versions; the checksum knows the right one.
        for (std::size_t version = 0; version < 4; ++version) {
            if (!payload(pages, leaf, static_cast<std::size_t>(at - leaf.data()), size, version,
                         record))
                break;
            if (!decode(record, seq, row)) continue;
            if (auto taken = sink(row); !taken) return taken;
            break;
        }
    }
    return Done{};
}

Result<Done> rows_of_log(const Pages& pages,
                         const std::function<Result<Done>(const PackedRow&)>& sink) {
    Page page;
    for (const std::uint64_t at : pages.frames())
        if (pages.frame(at, page))
            if (auto taken = rows_of_leaf(pages, page, sink); !taken) return taken;
    return Done{};
}

/// SQLite's running checksum, over words in the order that the log's magic number names.
void chain(const std::uint8_t* bytes, std::size_t size, bool big_endian,
           std::array<std::uint32_t, 2>& sum) {
    for (std::size_t i = 0; i < size; i += 8) {
        std::uint32_t words[2];
        if (big_endian) {
            words[0] = big_endian32(bytes + i);
            words[1] = big_endian32(bytes + i + 4);
        } else {
            std::memcpy(words, bytes + i, 8);
        }
        sum[0] += words[0] + sum[1];
        sum[1] += words[1] + sum[0];
    }
}

}  // namespace

RowSource salvage_rows(std::filesystem::path path) {
    return [path = std::move(path)](
               const std::function<Result<Done>(const PackedRow&)>& sink) -> Result<Done> {
        const Pages pages(path);
        if (!pages.is_open()) return Error{fmt::format("read {}: cannot be opened", path.string())};
        Page page;
        for (std::uint64_t index = 0; index < pages.file_pages(); ++index)
            if (pages.file_page(index, page))
                if (auto taken = rows_of_leaf(pages, page, sink); !taken) return taken;
        return rows_of_log(pages, sink);
    };
}

RowSource salvage_log(std::filesystem::path path) {
    return [path = std::move(path)](
               const std::function<Result<Done>(const PackedRow&)>& sink) -> Result<Done> {
        return rows_of_log(Pages(path), sink);
    };
}

bool log_is_broken(const std::filesystem::path& path) {
    const Input log(path.string() + "-wal");
    if (!log.is_open()) return false;
    const std::uint64_t size = log.size();
    if (size <= log_header_size) return false;
    std::uint8_t header[log_header_size];
    if (!log.read(0, header, sizeof header)) return true;
    const std::uint32_t magic = big_endian32(header);
    std::array<std::uint32_t, 2> sum{};
    chain(header, 24, magic & 1, sum);
    if ((magic & ~1u) != 0x377F0682 || big_endian32(header + 8) != page_size ||
        sum[0] != big_endian32(header + 24) || sum[1] != big_endian32(header + 28))
        return true;
    std::vector<std::uint8_t> frame(frame_size);
    bool broken = false;
    for (std::uint64_t at = log_header_size; at + frame_size <= size; at += frame_size) {
        const bool read = log.read(at, frame.data(), frame_size);
        const bool ours = read && std::memcmp(frame.data() + 8, header + 16, 8) == 0;
        if (broken && ours) return true;
        if (broken) continue;
        if (ours) {
            chain(frame.data(), 8, magic & 1, sum);
            chain(frame.data() + frame_header_size, page_size, magic & 1, sum);
        }
        broken = !ours || sum[0] != big_endian32(&frame[16]) || sum[1] != big_endian32(&frame[20]);
    }
    return false;
}

}  // namespace plimsoll::store
