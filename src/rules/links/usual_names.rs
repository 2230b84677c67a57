//! Names that files have in many folders, each without its extension.

/// Whether a name without its extension is one that files have in many a folder, each its own.
pub(super) fn recurs(stem: &str) -> bool {
    const NAMES: &[&str] = &[
        "architecture", "build", "changelog", "compose", "config", "configuration", "cover", "data", "demo",
        "deployment", "design", "docker-compose", "example", "faq", "install", "intro", "introduction", "logo", "main",
        "makefile", "notes", "overview", "package", "roadmap", "sample", "screenshot", "settings", "setup", "simple",
        "test", "todo", "tutorial", "usage", "介绍", "使用", "入门", "安装", "封面", "常见问题", "快速开始", "教程",
        "架构", "概述", "目录", "笔记", "简介", "设计", "说明", "部署", "配置", "更新日志",
    ];
    NAMES.iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// Whether a name without its extension is a number, or one that programs give to pictures: `1`, `image-2`, `截图 3`.
pub(super) fn is_counted(stem: &str) -> bool {
    const NAMES: &[&str] =
        &["", "image", "img", "pic", "picture", "screenshot", "图", "图片", "截图", "截屏", "画像", "그림"];
    let name = stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')'));
    NAMES.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Whether a name without its extension is one of which every folder may have a file, whatever it holds.
pub(super) fn is_of_folder(stem: &str) -> bool {
    ["index", "readme"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}
