package io.etalon.formats;

import io.etalon.annotation.Answer;

/**
 * An image and what is said about it.
 *
 * @param fileName its name in the data set, with forward slashes
 * @param width columns as displayed
 * @param height rows as displayed
 */
public record LabelledImage(String fileName, int width, int height, Answer answer) {}
