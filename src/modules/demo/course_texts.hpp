#pragma once

#include "modules/learning/tables.hpp"

#include <span>

// What the demo county's courses say: short texts of our own.
namespace concentric::demo {

struct CourseText {
    learning::Line line;
    learning::Level level;
    char const* title;
    char const* summary;
    char const* topics;
    struct Lesson {
        char const* title = nullptr; // null: no lesson
        char const* body = ""; // Markdown; empty: a recording
    };
    Lesson lessons[3];
};
std::span<CourseText const> course_texts();

} // namespace concentric::demo
