/// evaluated.h: which members or elements of one value some schema has looked at, for
/// unevaluatedProperties and unevaluatedItems. Kept only where one of those will ask.
#pragma once

#include <cstddef>
#include <vector>

namespace plimsoll::evaluate::schema {

class Evaluated {
  public:
    void mark(std::size_t position) {
        if (position >= marks_.size()) marks_.resize(position + 1);
        marks_[position] = true;
    }
    void mark_all() { all_ = true; }
    bool has(std::size_t position) const {
        return all_ || (position < marks_.size() && marks_[position]);
    }
    void merge(const Evaluated& other) {
        all_ = all_ || other.all_;
        if (other.marks_.size() > marks_.size()) marks_.resize(other.marks_.size());
        for (std::size_t i = 0; i < other.marks_.size(); ++i) {
            if (other.marks_[i]) marks_[i] = true;
        }
    }
    std::size_t size() const { return marks_.size(); }

  private:
    bool all_ = false;
    std::vector<bool> marks_;
};

}  // namespace plimsoll::evaluate::schema
